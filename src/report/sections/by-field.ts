import type { Part } from '../../trust/counting.ts'
import type { FieldFigures, FieldTruth } from '../fields.ts'
import type { Figures } from '../figures.ts'
import { html, type Html, type Slot } from '../html.ts'
import { tableOf } from '../table.ts'
import { fieldName, percent } from '../words.ts'

const cell = (measured: Part): Slot =>
  measured.share === null
    ? '–'
    : html`${percent(measured.share)} <small>${measured.count}/${measured.of}</small>`

const nameOf = (field: FieldFigures, types: readonly string[]): string =>
  types.length > 1 ? `${field.documentType}: ${fieldName(field.field)}` : fieldName(field.field)

function found({ fields, documentTypes }: Figures): Html {
  const lines = fields.map((field) => [
    nameOf(field, documentTypes),
    cell(field.emitted),
    cell(field.certain),
    cell(field.agreement),
    cell(field.grounded),
  ])
  const head = ['field', 'read', 'without a flag', 'paths agree', 'found by another reader']
  return tableOf({ caption: 'What was read of each field', head, lines })
}

const pathsNote = `A path is counted over the printed values that both paths have read, whether its value was taken or not. Under route
auto these are in the documents that the direct path left in doubt, the harder ones. `

function accuracy({ fields, documentTypes, truth }: Figures): Html | false {
  if (!truth) return false
  const areBoth = truth.all.direct.of > 0
  const cells = ({ precision, recall, direct, modular }: FieldTruth): readonly Slot[] =>
    [precision, recall, ...(areBoth ? [direct, modular] : [])].map(cell)
  const known = fields.flatMap((field) =>
    field.truth ? [[nameOf(field, documentTypes), ...cells(field.truth)]] : [],
  )
  const lines = [...known, ['all fields', ...cells(truth.all)]]
  const head = [
    'field',
    'right of read',
    'right of printed',
    ...(areBoth ? ['direct path', 'modular path'] : []),
  ]
  const caption = areBoth ? 'What was right, by field and by path' : 'What was right, by field'
  return html`${tableOf({ caption, head, lines })}
    <p class="note">${areBoth && pathsNote}Cells of lists are not in this table.</p>`
}

/** What was read of each field, and with a truth how much of it is right. */
export const byField = (figures: Figures): Html =>
  html`<section aria-labelledby="fields">
    <h2 id="fields">Field by field</h2>
    ${found(figures)}${accuracy(figures)}
  </section>`
