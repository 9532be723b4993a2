/** What the peer reads: each field as printed, absent where no pattern matched. */
export interface PeerReading {
  readonly company?: string
  readonly address?: string
  readonly phone?: string
  readonly date?: string
  readonly time?: string
  readonly subtotal?: string
  readonly tax?: string
  readonly tip?: string
  readonly total?: string
}

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const dates = [
  /\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b/,
  /\b\d{4}[/.-]\d{1,2}[/.-]\d{1,2}\b/,
  new RegExp(String.raw`\b\d{1,2}[ -]?(?:${months})[a-z]*[ ,-]*(?:\d{4}|\d{2})\b`, 'i'),
  new RegExp(String.raw`\b(?:${months})[a-z]*\.? \d{1,2},? \d{4}\b`, 'i'),
]
const time = /\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\b/i
const phone = /\+?\(?\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,5}\b/
const amount = /-?\d{1,3}(?:[.,]?\d{3})*[.,] ?\d{2}\b/g
const notTheTotal = /sub\s?-?total|qty|item|discount|saving|excl|included in|total\s?(?:tax|gst|vat)/i
const registration = /\b(?:reg|co)\b.*\d|\(?\d{5,7}-[A-Z]\)?/i
const endOfAddress = /\b(?:tel|phone|fax|gst|date|time|invoice|receipt|bill|cashier|table|www|email)\b|@/i
const maxAddressLines = 6

const firstMatch = (text: string, patterns: readonly RegExp[]): string | undefined =>
  patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])[0]

function addressAfter(lines: readonly string[], companyAt: number): string | undefined {
  if (companyAt === -1) return undefined
  const rest = lines.slice(companyAt + 1).filter((line) => !registration.test(line))
  const end = rest.findIndex((line) => endOfAddress.test(line) || firstMatch(line, [phone, ...dates]))
  const address = rest.slice(0, end === -1 ? maxAddressLines : Math.min(end, maxAddressLines)).join(' ')
  return address === '' ? undefined : address
}

/** The number in a printed amount. */
export const toNumber = (printed: string): number =>
  Number(printed.replace(/[.,](?=\d{3})| /g, '').replace(',', '.'))

const amountsOn = (lines: readonly string[], wanted: RegExp, unwanted: RegExp): readonly string[] =>
  lines
    .filter((line) => wanted.test(line) && !unwanted.test(line))
    .flatMap((line) => line.match(amount) ?? [])

const biggest = (printed: readonly string[]): string | undefined =>
  [...printed].sort((a, b) => toNumber(b) - toNumber(a))[0]

const never = /(?!)/

/** Fields of a receipt by the usual patterns, from the plain text that Tesseract prints. */
export function parseReceipt(text: string): PeerReading {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const companyAt = lines.findIndex((line) => /[a-z]{3}/i.test(line))
  const header = lines.slice(companyAt + 1)
  const found = {
    company: lines[companyAt],
    address: addressAfter(lines, companyAt),
    phone: firstMatch(header.find((line) => /tel|phone/i.test(line)) ?? header.join('\n'), [phone]),
    date: firstMatch(text, dates),
    time: firstMatch(text, [time]),
    subtotal: amountsOn(lines, /sub\s?-?total/i, never)[0],
    tax: amountsOn(lines, /\b(?:tax|gst|vat)\b/i, /total|incl|invoice/i)[0],
    tip: amountsOn(lines, /\b(?:tip|gratuity)\b/i, never)[0],
    total: biggest(amountsOn(lines, /total/i, notTheTotal)),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
