import type { Word } from '../../../src/core/document.ts'
import { wordsBetween } from '../../../src/core/line-text.ts'
import { phraseTokens, rolesOf, says } from '../../../src/ner/rules/lexicon.ts'
import { digitCount, letterCount, neighbour, type Line } from '../../../src/ner/rules/line.ts'

/** A mark of multiplication, alone or at a count: "x", "2x", "x2". */
const marksCount = /^\W*(?:\d{0,4}\s?[xX×*@]|[xX×*@]\s?\d{0,4})\W*$/

const isNumber = ({ text }: Word): boolean => /^\W*\d{1,2}\W*$/.test(text)

/** What stands left of the first amount, without counts, multiplication signs and the number of the line. */
export function nameOn(line: Line, quantity: readonly Word[]): readonly Word[] {
  const end = line.amounts[0]?.span.start ?? line.text.length
  const words = wordsBetween(line.textLine, 0, end).filter((w) => !quantity.includes(w))
  const numbered = words.findIndex(
    (w, i) => isNumber(w) && words.slice(0, i).every((before) => letterCount(before.text) === 0),
  )
  const named = words.slice(numbered + 1)
  const starts = named.findIndex((w) => letterCount(w.text) >= 1 && !marksCount.test(w.text))
  const ends = named.findLastIndex((w) => /[\p{L}\d]/u.test(w.text) && !marksCount.test(w.text))
  return starts < 0 ? [] : named.slice(starts, ends + 1)
}

export const speaks = (words: readonly Word[]): boolean => letterCount(words.map((w) => w.text).join('')) >= 3

/** Words of lines that stand among goods and are none: who sold them, where and when. */
const asides = [
  'cashier', 'operator', 'server', 'terminal', 'till', 'kasse', 'kassierer', 'bediener', 'caissier', 'cajero', 'table',
  'invoice', 'receipt', 'order no', 'bill no', 'trans', 'tel', 'telefon', 'phone', 'fax', 'date', 'datum', 'fecha', 'time',
  'page', 'seite', 'member', 'welcome', 'order',
] // prettier-ignore

/** What the columns of goods are called: two of them on a line head the goods. */
const columns = [
  'item', 'description', 'qty', 'quantity', 'price', 'unit', 'amount', 'rsp', 'tax', 'total', 'artikel', 'bezeichnung',
  'menge', 'preis', 'betrag', 'anzahl', 'designation', 'article', 'qte', 'prix', 'montant', 'cantidad', 'precio',
] // prettier-ignore

const headsGoods = (line: Line): boolean =>
  phraseTokens(line.text).filter((token) => says(token, columns)).length > 1

const dateOrTime = /\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b\d{1,2}:\d{2}\b|\d{4,}[\s-]\d{3,}/

/** Whether a line without an amount may be a part of a name. */
function isWording(line: Line): boolean {
  const letters = letterCount(line.text)
  return (
    letters >= 3 &&
    letters > digitCount(line.text) &&
    !dateOrTime.test(line.repaired) &&
    !says(line.text, asides) &&
    !headsGoods(line) &&
    (rolesOf(line.text).size === 0 || phraseTokens(line.text).length > 3)
  )
}

const left = (words: readonly Word[]): number => words[0]?.box[0] ?? 0

/** Width of a letter on a line, in fractions of the page. */
const letterWidth = ({ textLine: line }: Line): number => {
  const letters = line.words.reduce((sum, { text }) => sum + text.length, 0)
  return line.words.reduce((sum, { box }) => sum + box[2] - box[0], 0) / Math.max(1, letters)
}

/** Letters by which a line must stand in to go on with what another began. */
const indent = 1.2

const isOpen = (text: string): boolean =>
  /[,&/+-]$/.test(text) ||
  /\b(?:with|and|of|for|in|the|mit|und|für|aus|avec|et|de|pour|con|y|para|w\/)$/i.test(text)

/** Whether one line goes on with the name that another began, as far as their wording and their places say. */
function goesOn(from: Line, to: Line, name: readonly Word[], margin: number): boolean {
  const first = name[0]?.text ?? ''
  if (isOpen(from.text) || /^\p{Ll}{2}/u.test(first)) return true
  const step = indent * letterWidth(from)
  return (
    left(from.textLine.words) <= margin + step && left(to.textLine.words) > left(from.textLine.words) + step
  )
}

/** Lines that one name takes at most. */
const longestName = 3

/** The lines right above that begin the name on a line; the nearest alone where the line has no name of its own. */
function begun(line: Line, own: readonly Word[], free: readonly Line[], margin: number): readonly Line[] {
  const found: Line[] = []
  let next: { readonly line: Line; readonly name: readonly Word[] } = { line, name: own }
  for (const above of [...free].reverse()) {
    const isName = found.length === 0 && !speaks(own) && speaks(above.textLine.words) && !headsGoods(above)
    if (found.length + 1 >= longestName || (!isName && !isWording(above))) break
    if (!isName && !goesOn(above, next.line, next.name, margin)) break
    found.unshift(above)
    next = { line: above, name: above.textLine.words }
  }
  return found
}

/** The lines right below that go on with the name on a line. */
function continued(line: Line, own: readonly Word[], free: readonly Line[], margin: number): readonly Line[] {
  const found: Line[] = []
  let text = own.map((w) => w.text).join(' ')
  for (const below of free) {
    const stands = left(below.textLine.words) > margin + indent * letterWidth(below)
    const goes = stands || isOpen(text) || /^\p{Ll}{2}/u.test(below.text)
    if (found.length + 1 >= longestName || !isWording(below) || !goes) break
    found.push(below)
    text = below.text
  }
  return found
}

export interface NameLines {
  readonly line: Line
  /** On the line itself. */
  readonly own: readonly Word[]
}

const isNameLine = (line: Line | undefined): boolean =>
  line !== undefined && line.amounts.length === 0 && speaks(line.textLine.words) && !headsGoods(line)

/** Whether amounts without a name stand above their names: no name precedes the first of them, one follows the last. */
function standsBelow(lines: readonly Line[], items: readonly NameLines[]): boolean {
  const nameless = items.filter(({ own }) => !speaks(own)).map(({ line }) => line)
  const [first, last] = [nameless[0], nameless.at(-1)]
  if (!first || !last) return false
  const next = neighbour(lines, last, 1)
  return !isNameLine(neighbour(lines, first, -1)) && isNameLine(next) && rolesOf(next!.text).size === 0
}

/**
 * The whole name of each item. A name goes on over lines without amounts: where the wording is open ("chair with"), or a
 * line stands in from the left. Headings of sections and what is said of the sale are no names.
 */
export function itemNames(lines: readonly Line[], items: readonly NameLines[]): readonly (readonly Word[])[] {
  const margin = Math.min(
    1,
    ...items.filter(({ own }) => speaks(own)).map(({ line }) => left(line.textLine.words)),
  )
  const taken = new Set<Line>()
  const freeBetween = (from: number, to: number): readonly Line[] =>
    lines.slice(Math.max(0, from), Math.max(0, to)).filter((l) => l.amounts.length === 0 && !taken.has(l))
  const namesBelow = standsBelow(lines, items)
  const above = items.map(({ line, own }, i) => {
    if (namesBelow && !speaks(own)) return []
    const since = i > 0 ? items[i - 1]!.line.index + 1 : line.index - longestName
    const free = freeBetween(since, line.index).filter((l) => l.page === line.page)
    const found = begun(line, own, unbroken(free, line.index, -1), margin)
    found.forEach((l) => taken.add(l))
    return found
  })
  return items.map(({ line, own }, i) => {
    const until = items[i + 1]?.line.index ?? line.index + 1 + longestName
    const free = freeBetween(line.index + 1, until).filter((l) => l.page === line.page)
    const beside = unbroken(free, line.index, 1)
    if (!speaks(own) && namesBelow) return beside.slice(0, 1).flatMap(nameWords)
    const below = speaks(own) ? continued(line, own, beside, margin) : []
    return [...above[i]!.flatMap(nameWords), ...own, ...below.flatMap(nameWords)]
  })
}

const nameWords = (line: Line): readonly Word[] => line.textLine.words

/** Lines that follow each other without a gap, beginning beside a line. */
function unbroken(free: readonly Line[], index: number, step: 1 | -1): readonly Line[] {
  const ordered = step > 0 ? free : [...free].reverse()
  const beside = ordered.filter((line, i) => line.index === index + step * (i + 1))
  return step > 0 ? beside : [...beside].reverse()
}
