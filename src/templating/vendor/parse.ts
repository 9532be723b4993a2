import {
  isNode,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  parseDocument,
  Parser,
  visit,
  type Document,
} from 'yaml'
import type { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import { isSafeKey } from '../../core/pointer.ts'
import { vendorTemplateSchema, type VendorTemplate } from './vendor-template.ts'

/** Bytes of a template file, and how deep lists and objects may stand in each other. */
export const templateLimits = { bytes: 64 * 1024, depth: 12 } as const

type Path = readonly PropertyKey[]

const refusal = (file: string, why: string, line?: number): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `The vendor template ${file} cannot be used${line === undefined ? '' : `, line ${line}`}: ${why}.`,
  )

/**
 * The first place where more stands open in each other than may. Building such nodes takes stack for each, and at its end V8
 * may end the process before the library can refuse them.
 */
function tooDeepAt(text: string): number | null {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme))
    if (parser.stack.length > templateLimits.depth) return parser.offset
  }
  return null
}

function checkDepth(text: string, file: string): void {
  const at = tooDeepAt(text)
  if (at === null) return
  const line = text.slice(0, at).split('\n').length
  throw refusal(file, `lists and objects stand more than ${templateLimits.depth} deep in each other`, line)
}

function parseYaml(text: string, file: string) {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const [error] = document.errors
  if (error) {
    const line = lines.linePos(error.pos[0]).line
    throw refusal(file, `this is not YAML as it should be (${error.message.replace(/\.$/, '')})`, line)
  }
  const lineAt = (offset: number | undefined): number | undefined =>
    offset === undefined ? undefined : lines.linePos(offset).line
  return { document, lineAt }
}

/** No aliases, which multiply what they stand for, and no keys that reach an object's prototype. */
function checkNodes(document: Document, file: string, lineAt: (offset?: number) => number | undefined): void {
  visit(document, {
    Alias: (_, { range }) => {
      throw refusal(file, 'aliases (*name) are not read', lineAt(range?.[0]))
    },
    Pair: (_, { key }) => {
      if (!isScalar(key)) throw refusal(file, 'a key must be a plain text')
      if (typeof key.value === 'string' && isSafeKey(key.value)) return
      throw refusal(file, `"${String(key.value)}" is not allowed as a key`, lineAt(key.range?.[0]))
    },
  })
}

/** Where in the file a value stands, or the nearest thing around it that does. */
function offsetOf(document: Document, path: Path, key?: string): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (!isNode(node)) continue
    const items = 'items' in node ? (node.items as readonly unknown[]) : []
    const wanted = key ?? String(path[length] ?? '')
    const pair = items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === wanted)
    const at = isPair(pair) && isScalar(pair.key) ? pair.key.range : node.range
    if (at) return at[0]
  }
  return undefined
}

const spoken = (path: Path): string =>
  path.length === 0 ? '' : `"${path.map((key) => (typeof key === 'number' ? key + 1 : key)).join(' → ')}" `

function reason(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `"${issue.keys[0]}" is no word of a template`
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
  return `${spoken(issue.path)}${isMissing ? 'is missing' : issue.message}`
}

/** A vendor template from the text of its file; E_BAD_REQUEST says what is wrong and in which line. */
export function parseVendorTemplate(text: string, name: string, file = `${name}.yaml`): VendorTemplate {
  if (Buffer.byteLength(text) > templateLimits.bytes)
    throw refusal(file, `it is larger than ${templateLimits.bytes / 1024} KB`)
  checkDepth(text, file)
  const { document, lineAt } = parseYaml(text, file)
  checkNodes(document, file, lineAt)
  const data: unknown = document.toJS()
  if (typeof data !== 'object' || data === null || Array.isArray(data) || 'name' in data)
    throw refusal(file, 'it must have "vendor", "type", "match" and "fields", and nothing else')
  const parsed = vendorTemplateSchema.safeParse({ name, ...data })
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  throw refusal(file, reason(issue).replace(/\.$/, ''), lineAt(offsetOf(document, issue.path, unknown)))
}
