import type { OcrPage } from '../../core/document.ts'
import type { DocumentType } from '../../core/document-type.ts'
import type { Flag } from '../../core/extraction-result.ts'
import type { JsonPointer, SeenWord } from '../../core/extraction.ts'
import type { FieldSpecs } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { getPointer, label } from '../../core/pointer.ts'
import { toOcrPage } from '../../core/text-lines.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { isBlank } from '../../extractors/absent.ts'
import { rolesOf } from '../../ner/rules/lexicon.ts'
import { conceptsOf, type Concept } from '../../templating/captions/lexicon.ts'
import { spell } from '../../templating/captions/spelling.ts'
import { letterCount, neighbour, toLines, type Line } from '../../ner/rules/line.ts'

const emptyListCode = 'LIST_EMPTY'

/** Letters that name something, before an amount that ends its line. */
const leastLetters = 3
const atEnd = 5

/** What an amount may be that is no price of goods. */
const sums: ReadonlySet<Concept> = new Set([
  'net',
  'tax',
  'total',
  'amountDue',
  'discount',
  'shipping',
  'deposit',
  'tip',
  'taxRate',
])

/** Whether words name something that is no sum, tax or payment. */
const namesGoods = (text: string): boolean =>
  letterCount(text) >= leastLetters &&
  rolesOf(text).size === 0 &&
  ![...conceptsOf(spell(text))].some((concept) => sums.has(concept))

/** Whether a line says what something costs, which it names itself or the line above it does. */
function isPriced(line: Line, lines: readonly Line[]): boolean {
  const { text, amounts } = line
  const last = amounts.at(-1)
  if (!last || last.cents === 0 || text.length - last.span.end > atEnd || rolesOf(text).size > 0) return false
  const above = neighbour(lines, line, -1)
  return (
    namesGoods(text.slice(0, amounts[0]!.span.start)) ||
    (above?.amounts.length === 0 && namesGoods(above.text))
  )
}

const linesOf = (words: readonly SeenWord[]): readonly Line[] => {
  const pages = [...new Set(words.map(({ page }) => page))].sort((a, b) => a - b)
  return toLines(
    pages.map((page): OcrPage => {
      const own = words.filter((word) => word.page === page)
      return toOcrPage(
        page,
        own.map(({ text, box }) => ({ text, box, confidence: 1 })),
      )
    }),
  )
}

/** The one list of records with amounts: of several, the one whose amounts make the document's; null where that is not told. */
function pricedList({ template }: DocumentType, specs: FieldSpecs): JsonPointer | null {
  const said = (template.sums ?? []).flatMap(({ lines }) => (lines ? [lines.records] : []))
  if (said.length > 0) return said[0]!
  const lists = [...specs].flatMap(([pattern, { comparator }]) => {
    const [list, rest] = pattern.split('/*/')
    return comparator === 'amount' && rest !== undefined && !rest.includes('/') ? [list as JsonPointer] : []
  })
  return new Set(lists).size === 1 ? lists[0]! : null
}

/** The lines above the total, below which payments stand; all where no line states it. */
function aboveTotal(lines: readonly Line[], total: unknown): readonly Line[] {
  const at = lines.findIndex(({ text, amounts }) => {
    const roles = rolesOf(text)
    const isTotal = roles.has('total') || roles.has('strongTotal')
    return isTotal && amounts.some(({ cents }) => cents === Math.round(100 * Number(total)))
  })
  return at < 0 ? lines : lines.slice(0, at)
}

/** The longest part of a line that a sentence can hold. */
const longest = 60

const quoted = (text: string): string => `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`

/**
 * Doubts a document whose list of goods is empty though a page prices something: that is about the whole document, since nobody
 * can say which value is missing. A page with nothing but sums has an empty list, and data of the file itself is whole as it is.
 */
export function flagsOfEmptyLists(
  attempts: readonly Succeeded[],
  type: DocumentType,
  data: unknown,
): readonly Flag[] {
  if (attempts.some(({ path }) => path === 'embedded')) return []
  const list = pricedList(type, fieldSpecsOf(type))
  if (list === null || !isBlank(getPointer(data, list))) return []
  const sum = type.template.sums?.[0]?.total.field
  const total = sum && getPointer(data, sum)
  const [priced] = attempts.flatMap(({ extraction }) => {
    const lines = aboveTotal(linesOf(extraction.words), total)
    return lines.filter((line) => isPriced(line, lines))
  })
  if (!priced) return []
  const message = `No ${label(list)} were read, though the page prices something: ${quoted(priced.text)}.`
  return [{ code: emptyListCode, field: null, message }]
}
