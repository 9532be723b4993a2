import { Document, isScalar, visit } from 'yaml'
import type { Draft, DraftedField } from './draft.ts'
import type { Way } from './vendor-template.ts'

/** YAML as people write it: short lists on one line. */
function yaml(value: unknown): string {
  const document = new Document(value)
  visit(document, {
    Seq(_, seq) {
      if (seq.items.every((item) => isScalar(item))) seq.flow = true
    },
  })
  return document.toString({ lineWidth: 0, singleQuote: true })
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ')

const comment = (text: string): string => `# ${text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}\n`

/** Lists of one as the one. */
const shortened = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length === 1 ? value[0] : value.map(shortened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, shortened(v)]))
}

const fieldText = ({ pointer, way, note }: DraftedField & { readonly way: Way }): string =>
  indented(`${comment(`${pointer} ${note}.`)}${yaml({ [pointer]: shortened(way) })}`)

const found = (field: DraftedField): field is DraftedField & { readonly way: Way } => field.way !== null

/** A drafted template as a file for people to go on with: comments say how each field was found, and what was not. */
export function writeDraft({ vendor, type, match, fields }: Draft, source: string): string {
  const missing = fields.filter((field) => !found(field))
  return [
    comment(`Drafted from ${source}. Try it on other documents of this vendor: parallax template check`),
    yaml({ vendor, type }),
    comment('A document is of this vendor when all of these are found on its pages.'),
    yaml({ match }),
    'fields:\n',
    fields.filter(found).map(fieldText).join('\n'),
    missing.length > 0 ? `\n  ${comment('What is left out is read as the type reads it:')}` : '',
    ...missing.map(({ pointer, note }) => indented(comment(`${pointer} ${note}.`))),
  ].join('')
}
