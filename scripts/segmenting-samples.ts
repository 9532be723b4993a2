import type { OcrPage, TextLine, Word } from '../src/core/document.ts'
import { hull } from '../src/core/geometry.ts'

/** Pages of a drawn file, of which the last begins another document or goes on with that of the others. */
export interface DrawnFile {
  readonly name: string
  readonly pages: readonly OcrPage[]
  readonly isOther: boolean
}

type Random = () => number

interface Language {
  readonly invoice: string
  readonly number: string
  readonly date: string
  readonly subtotal: string
  readonly tax: string
  readonly total: string
  readonly page: (n: number, of: number) => string
  readonly carry: string
  readonly letter: readonly string[]
  readonly terms: readonly string[]
  readonly heading: string
}

const languages: readonly Language[] = [
  {
    invoice: 'INVOICE', number: 'Invoice No', date: 'Date', subtotal: 'Subtotal', tax: 'VAT 20%', total: 'Total due',
    page: (n, of) => `Page ${n} of ${of}`, carry: 'Carried forward', heading: 'Description Qty Price Amount',
    letter: ['Dear customer,', 'please find enclosed our invoice.', 'Payment is due within 30 days.', 'Kind regards'],
    terms: ['General terms and conditions', '1. Liability is limited to a total of 5,000.00 per event.', '2. Reminders cost 12.50.', '3. These terms date from 01/02/2019.'],
  },
  {
    invoice: 'Rechnung', number: 'Rechnungs-Nr', date: 'Datum', subtotal: 'Nettobetrag', tax: 'MwSt 19%', total: 'Gesamtbetrag',
    page: (n, of) => `Seite ${n} von ${of}`, carry: 'Übertrag', heading: 'Pos Bezeichnung Menge Preis Betrag',
    letter: ['Sehr geehrte Damen und Herren,', 'anbei erhalten Sie unsere Rechnung.', 'Mit freundlichen Grüßen'],
    terms: ['Allgemeine Geschäftsbedingungen', '1. Zahlbar innerhalb von 30 Tagen.', '2. Mahnungen kosten 5,00 EUR.', 'Stand 01.02.2019'],
  },
  {
    invoice: 'FACTURE', number: 'Facture No', date: 'Date', subtotal: 'Total HT', tax: 'TVA 20%', total: 'Total TTC',
    page: (n, of) => `Page ${n}/${of}`, carry: 'A reporter', heading: 'Désignation Qté Prix Montant',
    letter: ['Madame, Monsieur,', 'veuillez trouver ci-joint notre facture.', 'Cordialement'],
    terms: ['Conditions générales de vente', '1. Paiement à 30 jours.', '2. Frais de relance 12,50 EUR.'],
  },
] // prettier-ignore

const names = 'Quillon Nordwerk Brindle Calder Ferrow Hexley Ibarra Jorvik Kestrel Lowden Marlow Ostrava Pellew Quayle Rusk Sandor Tamsin Ulric Verity Wendle'.split(' ') // prettier-ignore
const trades = ['Instruments Ltd', 'Beschläge GmbH', 'Fournitures SARL', 'Supplies Inc', 'Trading Sdn Bhd']
const goods =
  'Hinge Handle Cylinder Bracket Gauge Sensor Valve Washer Cable Lamp Switch Panel Filter Pump'.split(' ')

interface Sale {
  readonly language: Language
  readonly seller: readonly string[]
  readonly number: string
  readonly date: string
  readonly items: readonly string[]
  readonly sums: readonly string[]
}

const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1))
const pick = <T>(random: Random, list: readonly T[]): T => list[between(random, 0, list.length - 1)]!
const money = (cents: number): string => (cents / 100).toFixed(2)

function sellerOf(random: Random): readonly string[] {
  const name = `${pick(random, names)} ${pick(random, names)} ${pick(random, trades)}`
  const street = `${between(random, 1, 99)} ${pick(random, names)} Street, Leeds LS${between(random, 1, 9)} ${between(random, 1, 9)}AB`
  return random() < 0.6
    ? [name, street, `Tel 0${between(random, 10, 99)} 555 ${between(random, 1000, 9999)}`]
    : [name, street]
}

function saleOf(random: Random, language: Language, seller: readonly string[], lines: number): Sale {
  const amounts = Array.from({ length: lines }, () => between(random, 100, 40000))
  const net = amounts.reduce((a, b) => a + b, 0)
  const tax = Math.round(net * 0.2)
  return {
    language,
    seller,
    number: String(between(random, 10000, 99999)),
    date: `${String(between(random, 1, 28)).padStart(2, '0')}/${String(between(random, 1, 12)).padStart(2, '0')}/${between(random, 2015, 2026)}`,
    items: amounts.map(
      (cents, i) =>
        `${i + 1} ${pick(random, goods)} ${pick(random, goods)}   1   ${money(cents)}   ${money(cents)}`,
    ),
    sums: [
      `${language.subtotal}  ${money(net)}`,
      `${language.tax}  ${money(tax)}`,
      `${language.total}  ${money(net + tax)}`,
    ],
  }
}

const headOf = ({ language, seller, number, date }: Sale, random: Random): readonly string[] => {
  const labels = [`${language.number}: ${number}`, `${language.date}: ${date}`]
  return random() < 0.5
    ? [...seller, language.invoice, ...labels]
    : [`${seller[0]}     ${language.invoice}`, ...seller.slice(1), labels.join('    ')]
}

/** How the pages of a sale say that they belong together. */
interface Habit {
  readonly marks: boolean
  readonly repeats: boolean
  readonly carries: boolean
}

const habitOf = (random: Random): Habit => ({
  marks: random() < 0.6,
  repeats: random() < 0.6,
  carries: random() < 0.4,
})

function saleOnPages(
  sale: Sale,
  count: number,
  habit: Habit,
  random: Random,
): readonly (readonly string[])[] {
  const { language, items, sums } = sale
  const each = Math.ceil(items.length / count)
  const head = headOf(sale, random)
  return Array.from({ length: count }, (_, i) => {
    const last = i === count - 1
    return [
      ...(i === 0 || habit.repeats ? head : []),
      language.heading,
      ...(habit.carries && i > 0 ? [`${language.carry}  123.45`] : []),
      ...items.slice(i * each, (i + 1) * each),
      ...(last ? sums : habit.carries ? [`${language.carry}  123.45`] : []),
      ...(habit.marks ? [language.page(i + 1, count)] : []),
    ]
  })
}

function toPage(texts: readonly string[], page: number): OcrPage {
  const lines = texts.map((line, y): TextLine => {
    const words = [...line.matchAll(/\S+/g)].map(({ 0: text, index }): Word => ({
      text,
      confidence: 0.95,
      box: [index / 90, y / 70, (index + text.length) / 90, (y + 0.7) / 70],
    }))
    return { words, box: hull(words.map(({ box }) => box)) }
  })
  return { page, lines }
}

/** What a card terminal prints for a sale. */
const slipOf = ({ language, seller, date, sums }: Sale): readonly string[] => [
  ...seller,
  `${language.date}: ${date}`,
  'VISA **** **** **** 1234',
  'AUTH CODE 012345',
  sums.at(-1)!,
  'APPROVED',
]

const prose = 'agreement between parties shall deliver station lease notice report section under office period public statement'.split(' ') // prettier-ignore

/** Pages of a text without amounts, such as a contract or a report. */
function textOnPages(
  random: Random,
  language: Language,
  count: number,
  { marks, repeats }: Habit,
): readonly (readonly string[])[] {
  const title = `${pick(random, prose).toUpperCase()} ${pick(random, prose).toUpperCase()} ${pick(random, names).toUpperCase()}`
  const labels = [
    `${language.date}: ${between(random, 1, 28)}.${between(random, 1, 12)}.${between(random, 2012, 2026)}`,
    `${pick(random, ['Ref. No', 'Case No', 'Agreement No', 'Document ID'])}: ${between(random, 10000, 99999)}`,
  ]
  const said = random() < 0.5 ? labels : labels.slice(1)
  return Array.from({ length: count }, (_, i) => [
    ...(i === 0 ? [title, ...said] : repeats ? [title, said.at(-1)!] : []),
    ...Array.from({ length: 12 }, () => Array.from({ length: 8 }, () => pick(random, prose)).join(' ')),
    ...(marks ? [language.page(i + 1, count)] : []),
  ])
}

/** Files of pages: letters before invoices, terms behind them, tables over several pages, and invoices one after the other. */
export function drawnFiles(random: Random, count = 150): readonly DrawnFile[] {
  const file = (name: string, pages: readonly (readonly string[])[], isOther: boolean): DrawnFile => ({
    name: `drawn ${name}`,
    pages: pages.map((lines, i) => toPage(lines, i + 1)),
    isOther,
  })
  return Array.from({ length: count }, (_, i) => {
    const language = pick(random, languages)
    const seller = sellerOf(random)
    const habit = habitOf(random)
    const sale = saleOf(random, language, seller, between(random, 4, 30))
    const single = saleOnPages(sale, 1, habit, random)
    const pages = saleOnPages(sale, between(random, 2, 3), habit, random)
    const letter = [
      ...(random() < 0.5 ? seller : []),
      ...(random() < 0.6 ? [`${language.date}: 02/01/2020`] : []),
      ...language.letter,
      seller[0]!,
    ]
    const next = saleOf(random, language, random() < 0.6 ? seller : sellerOf(random), between(random, 2, 12))
    const nextPages = saleOnPages(next, between(random, 1, 2), habit, random)
    const text = textOnPages(random, language, between(random, 1, 3), habit)
    const otherText = textOnPages(random, language, between(random, 1, 3), habit)
    return [
      ...(text.length > 1 ? [file(`text ${i}`, text, false)] : []),
      file(`text after text ${i}`, [...text, otherText[0]!], true),
      file(`letter ${i}`, [letter, ...single], false),
      file(`card slip ${i}`, [...single, slipOf(sale)], false),
      file(`copy ${i}`, [...single, ['COPY', ...single[0]!]], false),
      file(`terms ${i}`, [...single, language.terms], false),
      file(`letter and terms ${i}`, [letter, ...single, language.terms], false),
      file(`pages ${i}`, pages, false),
      file(`after one ${i}`, [...single, nextPages[0]!], true),
      file(`after several ${i}`, [...pages, nextPages[0]!], true),
      file(`second page of the next ${i}`, nextPages.length > 1 ? nextPages : pages, false),
    ]
  }).flat()
}
