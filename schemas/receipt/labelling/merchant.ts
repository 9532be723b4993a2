import { wordConfidence, type Word } from '../../../src/core/document.ts'
import type { Entity } from '../../../src/core/engines.ts'
import { height } from '../../../src/core/geometry.ts'
import { cleanWords, entityOf, headerOf, type HeaderLine } from '../../../src/ner/rules/header.ts'
import { nameEndings } from '../../../src/ner/rules/header-lexicon.ts'
import { phraseTokens, says } from '../../../src/ner/rules/lexicon.ts'
import { letterCount, type Line } from '../../../src/ner/rules/line.ts'

const endingTokens = [...new Set(nameEndings.flatMap((e) => e.split(' '))), 'co', 'the', 'of', 'and']

/** A company's registration number behind its name: "(519537-X)", "(CO. NO:20154-T)". */
const registrationTail =
  /\s*[([{|]?\s*(?:co\.?\s*(?:no|reg)\b[^\d]{0,6}|reg\b[^\d]{0,8})?\d{4,12}\s*[-–~]?\s*[A-Z0-9]{0,2}\s*[)\]}|]?\W*$/i

function nameWords(line: Line): readonly Word[] {
  const words = cleanWords(line)
  const text = words.map((w) => w.text).join(' ')
  const tail = registrationTail.exec(text)
  if (!tail || tail.index < 4) return words
  let offset = 0
  return words.filter((w) => {
    const start = offset
    offset += w.text.length + 1
    return start < tail.index
  })
}

const addressPenalty = { address: 1.5, street: 0.7, text: 0 } as const

/** How much a line looks like the name: a known ending, large letters, sure reading, near the top. */
function nameWeight({ line, kind }: HeaderLine, position: number, typicalHeight: number): number {
  if (kind !== 'text' && kind !== 'address' && kind !== 'street') return -10
  const ending = says(line.text, nameEndings) ? 2 : 0
  const tall = Math.min(1, Math.max(0, height(line.textLine.box) / typicalHeight - 1))
  const letters = letterCount(line.text) / Math.max(1, line.text.replace(/\s/g, '').length)
  return (
    ending + tall + letters + wordConfidence(line.textLine.words) - position * 0.35 - addressPenalty[kind]
  )
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 1

/** Words that cannot be a whole name: legal forms, trades, and what stands in brackets. */
function onlyEndings(text: string): boolean {
  const tokens = phraseTokens(text.replace(/\(.*?\)/g, ' '))
  return tokens.every((t) => says(t, endingTokens))
}

const legalForm =
  /\b(?:sdn\.? ?bhd|bhd|berhad|s\/b|ltd|limited|pte|llc|llp|inc|gmbh|kg|ag|sarl|sas|plt|corp)\b\W*$/i

/** A line that ends the name begun on the line above it. */
const completes = (below: string, name: string): boolean =>
  onlyEndings(below) || (legalForm.test(below) && !legalForm.test(name) && phraseTokens(below).length <= 4)

/** Lines of one name stand close together in letters of about one height. */
function together(a: Line, b: Line): boolean {
  const [ha, hb] = [height(a.textLine.box), height(b.textLine.box)]
  const gap = b.textLine.box[1] - a.textLine.box[3]
  return gap < 1.2 * Math.max(ha, hb) && ha / hb < 2.2 && hb / ha < 2.2
}

/** The best line with the lines above and below that only together make a name. */
function nameLines(best: Line, header: readonly HeaderLine[]): readonly Line[] {
  const name = [best]
  const at = (index: number): Line | undefined => {
    const found = header.find((h) => h.line.index === index)
    return found && (found.kind === 'text' || found.kind === 'address') ? found.line : undefined
  }
  for (let above = at(best.index - 1); above && onlyEndings(name[0]!.text); above = at(above.index - 1)) {
    if (!together(above, name[0]!)) break
    name.unshift(above)
  }
  for (
    let below = at(best.index + 1);
    below && completes(below.text, name.at(-1)!.text);
    below = at(below.index + 1)
  ) {
    if (!together(name.at(-1)!, below)) break
    name.push(below)
  }
  return name
}

/** Candidates for the merchant's name, the likeliest first. */
export function tagMerchant(lines: readonly Line[]): readonly Entity[] {
  const header = headerOf(lines)
  const typical = median(lines.map((l) => height(l.textLine.box)))
  const ranked = header
    .filter((h) => h.kind !== 'noise')
    .map((h, i) => ({ ...h, weight: nameWeight(h, i, typical) }))
    .filter((h) => h.weight > -2)
    .sort((a, b) => b.weight - a.weight)
  return ranked.slice(0, 3).map(({ line, kind }, i) => {
    const words = nameLines(line, header).flatMap(nameWords)
    const best = kind === 'text' ? 0.8 : 0.4
    return entityOf('MERCHANT_NAME', words, line.page, i === 0 ? best : 0.2)
  })
}
