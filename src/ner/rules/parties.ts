import type { Entity } from '../../core/engines.ts'
import type { Word } from '../../core/document.ts'
import { height } from '../../core/geometry.ts'
import { findInRow } from '../../core/row-text.ts'
import { datePatterns } from '../../values/date.ts'
import { phraseTokens, says } from './lexicon.ts'
import { digitCount, letterCount, wordConfidence, type Line } from './line.ts'

/** Legal forms and trades that end a merchant's name. */
const nameEndings = [
  'sdn bhd', 'son bhd', 'sdn', 'bhd', 'enterprise', 'trading', 'restaurant', 'restoran', 'plt', 'pte ltd', 'ltd', 'llc', 'inc',
  'gmbh', 'ohg', 'sarl', 'pty ltd', 'limited', 'corporation', 'berhad', 'marketing', 'pharmacy', 'bakery', 'cafe', 'supermarket',
  'stationery', 'hardware', 'store', 'stores', 'shop', 'mart', 'market', 'holdings', 'services', 'industries', 'hotel', 'bistro',
  'kitchen', 'grill', 'pizza', 'coffee', 'house', 'company', 'perniagaan', 'syarikat', 'kedai', 'book', 'machinery', 'electrical',
  'motor', 'auto', 'clinic', 'klinik', 'parking', 'station', 'center', 'centre',
] // prettier-ignore

const endingTokens = [...new Set(nameEndings.flatMap((e) => e.split(' '))), 'co', 'the', 'of', 'and']

const addressWords = [
  'jalan', 'jln', 'taman', 'tmn', 'lot', 'lorong', 'persiaran', 'lebuh', 'bandar', 'kampung', 'kawasan', 'perindustrian', 'selangor',
  'kuala', 'lumpur', 'johor', 'bahru', 'penang', 'pinang', 'perak', 'ipoh', 'melaka', 'sabah', 'sarawak', 'pahang', 'kedah', 'wilayah',
  'shah alam', 'petaling', 'jaya', 'klang', 'subang', 'puchong', 'cheras', 'seksyen', 'section', 'batu', 'plaza', 'mall', 'floor', 'level',
  'blok', 'block', 'street', 'road', 'avenue', 'ave', 'blvd', 'boulevard', 'drive', 'lane', 'highway', 'hwy', 'suite', 'unit',
  'strasse', 'weg', 'platz', 'rue', 'place', 'via', 'calle', 'court', 'square', 'park', 'ground', 'complex', 'kompleks', 'medan', 'desa',
  'damai', 'utama', 'malaysia', 'singapore', 'tower', 'wisma', 'bangunan', 'pusat', 'garden', 'industrial', 'kl', 'city', 'state',
] // prettier-ignore

const phoneWords = [
  'tel',
  'telephone',
  'phone',
  'ph',
  'hp',
  'contact',
  'tei',
  'telp',
  'mobile',
  'hotline',
  'telefon',
]
const endsOfHeader = [
  'tax invoice', 'invoice', 'receipt', 'cash bill', 'bill', 'date', 'cashier', 'qty', 'description', 'item', 'table', 'order', 'counter',
  'customer', 'served', 'server', 'guest', 'terminal', 'trans', 'price', 'amount', 'simplified',
] // prettier-ignore
const idWords = [
  'gst',
  'reg',
  'co no',
  'company no',
  'roc',
  'gst id',
  'gst no',
  'vat',
  'tax id',
  'brn',
  'sst',
  'abn',
  'formerly',
  'fka',
  'fax',
  'email',
  'www',
  'http',
  'website',
  'com',
]

const registration =
  /^[([{]?\s*(?:co\.?\s*(?:no|reg)\.?\s*[:.]?\s*|reg\.?\s*no\.?\s*[:.]?\s*)?[A-Z]{0,3}\s?\d{4,12}\s*[-–~]?\s*[A-Z0-9]?\s*[)\]}]?$/i
const phone = /(?:\+?\d{1,3}[\s.-]?)?\(?\d{2,4}\)?[\s.-]{0,3}\d{3,4}[\s.-]{0,3}\d{3,5}(?!\d)/g

const places = [
  'selangor', 'darul', 'ehsan', 'johor', 'malaysia', 'kuala', 'lumpur', 'penang', 'pulau', 'pinang', 'perak', 'melaka', 'sabah',
  'sarawak', 'pahang', 'kedah', 'kelantan', 'terengganu', 'negeri', 'sembilan', 'wilayah', 'persekutuan', 'singapore', 'bahru', 'takzim',
  'shah', 'alam', 'petaling', 'jaya', 'deutschland', 'france', 'india', 'australia', 'indonesia', 'jakarta',
] // prettier-ignore

const isPlace = (text: string): boolean => {
  const tokens = phraseTokens(text)
  return tokens.length > 0 && tokens.length <= 4 && tokens.every((t) => says(t, places))
}

/** "NO. 12," or "LOT 5-A" on a line of its own. */
const houseNumber = /^\W*(?:no|lot|unit|blk|block|suite|g|d|pt)\W{0,3}\d[\w\s&,./-]{0,14}$/i

type Kind = 'text' | 'address' | 'phone' | 'id' | 'end' | 'noise' | 'date'

function isAddress(text: string): boolean {
  const words = phraseTokens(text).filter((t) => says(t, addressWords)).length
  const numbered = /^\W*(?:no|lot|unit|level|suite|blk|block)?\W{0,3}[A-Z]?-?\d{1,5}[A-Z]?\b/i.test(text)
  const postcode = /(?<!\d)\d{5}(?!\d)/.test(text)
  const street = /\b\d{1,5}\s+[\w.]+\s+(?:st|rd|ave|dr|ln|blvd|hwy|way|street|road|drive)\b/i.test(text)
  return (
    street ||
    words >= 2 ||
    (words >= 1 && (numbered || postcode || text.includes(','))) ||
    (postcode && letterCount(text) >= 4)
  )
}

/** What a line of a receipt's head is. */
function kindOf(line: Line): Kind {
  const { text } = line
  if (houseNumber.test(text)) return 'address'
  if (letterCount(text) + digitCount(text) < 3 || (letterCount(text) < 3 && digitCount(text) < 5))
    return 'noise'
  if (wordConfidence(line.row.words) < 0.25) return 'noise'
  if (says(text, phoneWords)) return 'phone'
  if (datePatterns().some((p) => p.test(line.repaired))) return 'date'
  if (registration.test(text.trim()) || says(text, idWords)) return 'id'
  if (says(text, ['invoice', 'receipt no', 'cashier', 'bill no', 'inv no', 'doc no'])) return 'end'
  if (isAddress(text) || isPlace(text)) return 'address'
  if (phone.test(text) && digitCount(text) > letterCount(text)) return ((phone.lastIndex = 0), 'phone')
  phone.lastIndex = 0
  if (says(text, endsOfHeader) || line.amounts.length > 0) return 'end'
  return letterCount(text) >= 3 ? 'text' : 'noise'
}

interface HeadLine {
  readonly line: Line
  readonly kind: Kind
}

/** Lines up to the first amount, at most 18, each with its kind. */
function headOf(lines: readonly Line[]): readonly HeadLine[] {
  const firstAmount = lines.findIndex((l) => l.amounts.length > 0)
  const end = Math.min(18, firstAmount < 0 ? lines.length : firstAmount)
  return lines.slice(0, end).map((line) => ({ line, kind: kindOf(line) }))
}

const edge = /^[^\p{L}\p{N}(]+|[^\p{L}\p{N}).]+$/gu

/** Words of a line without the specks and rules that OCR reads at its ends. */
function cleanWords(line: Line): readonly Word[] {
  const words = line.row.words.map((w) => ({ ...w, text: w.text.replace(edge, '') }))
  const sound = (w: Word): boolean =>
    w.text.length > 0 && (w.text.length > 1 || w.confidence > 0.6 || /\d/.test(w.text))
  const from = words.findIndex(sound)
  const to = words.findLastIndex(sound)
  return from < 0 ? [] : line.row.words.slice(from, to + 1)
}

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

function nameWeight({ line, kind }: HeadLine, position: number, typicalHeight: number): number {
  if (kind !== 'text' && kind !== 'address') return -10
  const ending = says(line.text, nameEndings) ? 2 : 0
  const tall = Math.min(1, Math.max(0, height(line.row.box) / typicalHeight - 1))
  const letters = letterCount(line.text) / Math.max(1, line.text.replace(/\s/g, '').length)
  return (
    ending +
    tall +
    letters +
    wordConfidence(line.row.words) -
    position * 0.35 -
    (kind === 'address' ? 1.5 : 0)
  )
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 1

function entity(
  label: string,
  lines: readonly (readonly Word[])[],
  page: number,
  confidence: number,
): Entity {
  const words = lines.flat()
  return { label, page, words, group: null, confidence: confidence * wordConfidence(words) }
}

/** Words that cannot be a whole name: legal forms, trades, and what stands in brackets. */
function onlyEndings(text: string): boolean {
  const tokens = phraseTokens(text.replace(/\(.*?\)/g, ' '))
  return tokens.every((t) => says(t, endingTokens))
}

/** Lines of one name stand close together in letters of about one height. */
function together(a: Line, b: Line): boolean {
  const [ha, hb] = [height(a.row.box), height(b.row.box)]
  const gap = b.row.box[1] - a.row.box[3]
  return gap < 1.2 * Math.max(ha, hb) && ha / hb < 2.2 && hb / ha < 2.2
}

/** The best line with the lines above and below that only together make a name. */
function nameLines(best: Line, head: readonly HeadLine[]): readonly Line[] {
  const name = [best]
  const at = (index: number): Line | undefined => {
    const found = head.find((h) => h.line.index === index)
    return found?.kind === 'text' ? found.line : undefined
  }
  for (let above = at(best.index - 1); above && onlyEndings(name[0]!.text); above = at(above.index - 1)) {
    if (!together(above, name[0]!)) break
    name.unshift(above)
  }
  for (let below = at(best.index + 1); below && onlyEndings(below.text); below = at(below.index + 1)) {
    if (!together(name.at(-1)!, below)) break
    name.push(below)
  }
  return name
}

export function tagMerchant(lines: readonly Line[]): readonly Entity[] {
  const head = headOf(lines)
  const typical = median(lines.map((l) => height(l.row.box)))
  const texts = head.filter((h) => h.kind !== 'noise')
  const ranked = texts
    .map((h, i) => ({ ...h, weight: nameWeight(h, i, typical) }))
    .filter((h) => h.weight > -2)
    .sort((a, b) => b.weight - a.weight)
  return ranked
    .slice(0, 3)
    .map(({ line }, i) =>
      entity('MERCHANT_NAME', nameLines(line, head).map(nameWords), line.page, i === 0 ? 0.8 : 0.2),
    )
}

/** The run of address lines below the name; a text line between two address lines belongs to it. */
export function tagAddress(lines: readonly Line[]): readonly Entity[] {
  const head = headOf(lines)
  const first = head.findIndex((h) => h.kind === 'address')
  if (first < 0) return []
  const block: HeadLine[] = []
  for (let i = first; i < head.length; i++) {
    const { kind } = head[i]!
    const next = head.slice(i + 1, i + 3).some((h) => h.kind === 'address')
    if (kind === 'address') block.push(head[i]!)
    else if (kind === 'text' && next) block.push(head[i]!)
    else if ((kind === 'noise' || kind === 'id') && next) continue
    else break
  }
  const words = block.map((h) => cleanWords(h.line))
  return [entity('ADDRESS', words, block[0]!.line.page, 0.8)]
}

export function tagPhones(lines: readonly Line[]): readonly Entity[] {
  const head = lines.slice(0, 20)
  const found = head.flatMap((line) => {
    const named = says(line.text, phoneWords)
    const fax = /\bfax\b/i.exec(line.text)?.index ?? Infinity
    return findInRow(line.row, phone, line.repaired)
      .filter((s) => digitCount(s.text) >= 7 && digitCount(s.text) <= 13 && s.start < fax)
      .filter((s) => named || /[\s().-]/.test(s.text.trim()))
      .filter(() => named || !says(line.text, [...idWords, 'invoice', 'no', 'receipt']))
      .map((span) => ({ line, span, weight: named ? 0.9 : 0.5 }))
  })
  const ranked = found.sort((a, b) => b.weight - a.weight || a.line.index - b.line.index)
  return ranked.slice(0, 2).map(({ line, span, weight }) => entity('PHONE', [span.words], line.page, weight))
}
