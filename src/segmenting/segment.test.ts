import { describe, expect, test } from 'vitest'
import type { Sheet } from './cuts.ts'
import { mostOnPage, mostParts, segment } from './segment.ts'
import { beside, blank, cafe, cafeAgain, grocer, sheetsOf, taxi } from './sheets.case.ts'

const pagesOf = (sheets: readonly Sheet[]): readonly (readonly number[])[] =>
  segment(sheets).segments.map(({ pages }) => pages)

const invoiceHead = [
  'Quillon Instruments Ltd                               INVOICE',
  '3 Foundry Lane, Leeds LS2 8AB           Invoice No: QI-10417',
  'Tel 0113 555 0190                        Date: 17/06/2024',
]
const otherHead = [
  ...invoiceHead.slice(0, 1),
  invoiceHead[1]!.replace('10417', '10422'),
  invoiceHead[2]!.replace('17/06', '24/06'),
]
const heading = 'Description                    Qty      Price      Amount'
const items = (from: number, count: number): readonly string[] =>
  Array.from(
    { length: count },
    (_, i) => `${from + i} Bracket type ${from + i}              1      12.00       12.00`,
  )
const sums = ['Subtotal                                            120.00', 'VAT 20%                                              24.00', 'Total due                                           144.00'] // prettier-ignore
const letter = [
  '01/01/2020',
  'Dear customer,',
  'please find enclosed our invoice. Payment is due within 30 days.',
  'Our late fee is 40.00 per reminder.',
  'Kind regards',
  'Quillon Instruments Ltd',
]
const terms = [
  'General terms and conditions',
  '1. Liability is limited to a total of 5,000.00 GBP per event.',
  '2. Reminders cost 12.50.',
  '3. These terms date from 01/02/2019.',
]
const footer = [
  'Nordwerk Beschläge GmbH          Telefon 0431 555 2104          Amtsgericht Kiel HRB 40417',
  'Hafenstr. 12                     info@nordwerk.example          USt-IdNr. DE 123456789',
  '24103 Kiel                       www.nordwerk.example           Steuernummer 19/555/01234',
]
const businessLetter = [
  'Nordwerk Beschläge GmbH',
  'Hafenstr. 12, 24103 Kiel',
  ...blank(2),
  'Erika Brandt                                     Rechnungs-Nr. 20417',
  'Lindenweg 4                                      Datum 17.06.2024',
  '80331 München                                    Lieferdatum 12.06.2024',
  ...blank(3),
  'Pos Bezeichnung                 Menge      Preis     Betrag',
  '1   Winkel, verzinkt                2      12,00      24,00',
  '2   Griff                           1       8,00       8,00',
  ...blank(3),
  'Nettobetrag                                           32,00',
  'MwSt 19 %                                              6,08',
  'Gesamtbetrag                                          38,08',
  ...blank(3),
  'Zahlbar bis 01.07.2024 ohne Abzug.',
  ...blank(8),
  ...footer,
]
const slipToReturn = [
  ...businessLetter.slice(0, -3),
  'Bitte diesen Abschnitt mit der Zahlung zurücksenden',
  'Nordwerk Beschläge GmbH            Erika Brandt            Rechnungs-Nr. 20417',
  'Hafenstr. 12                       Lindenweg 4             Fällig am 01.07.2024',
  '24103 Kiel                         80331 München           Gesamtbetrag 38,08',
]
const application = [1, 2, 3].flatMap((person) => [
  `${person}. Person`,
  `Name  Ada Field ${person}           Street  ${person} Harrow Lane`,
  `City  Leeds LS2 ${person}AB          Tel  0113 555 104${person}`,
  `Born  1${person}/03/198${person}           Passport  77410${person}`,
  ...blank(3),
])
const timesheet = [
  'Stundennachweis',
  ...[3, 4, 5, 6, 7].map((day) => `0${day}.06.2024   Montage                     8,00`),
  'Summe                                   40,00',
]
const report = (title: string, number: string, page: number, of: number): readonly string[] => [
  ...(page === 1 ? [title, `Case No: ${number}`] : []),
  'The party shall give notice of every change of its registered',
  'office within ten days, and of its agents at the end of each',
  'half year, as the statute and the regulations under it require.',
  `Page ${page} of ${of}`,
]

describe('several documents', () => {
  test.each<[string, readonly Sheet[], readonly (readonly number[])[]]>([
    ['two receipts of two shops', sheetsOf(cafe, taxi), [[1], [2]]],
    ['three receipts in two languages', sheetsOf(cafe, grocer, taxi), [[1], [2], [3]]],
    ['two visits to one shop', sheetsOf(cafe, cafeAgain), [[1], [2]]],
    [
      'two invoices of one seller',
      sheetsOf(
        [...invoiceHead, heading, ...items(1, 10), ...sums],
        [...otherHead, heading, ...items(1, 4), ...sums.map((line) => line.replace('1', '2'))],
      ),
      [[1], [2]],
    ],
    [
      'an invoice of two pages and the next one',
      sheetsOf(
        [...invoiceHead, heading, ...items(1, 10), 'Page 1 of 2'],
        [...invoiceHead, heading, ...items(11, 4), ...sums, 'Page 2 of 2'],
        [...otherHead, heading, ...items(1, 4), 'Total due    48.00', 'Page 1 of 1'],
      ),
      [[1, 2], [3]],
    ],
    [
      'two texts that count their pages',
      sheetsOf(
        report('NOTICE OF CHANGE', '40417', 1, 2),
        report('NOTICE OF CHANGE', '40417', 2, 2),
        report('ANNUAL STATEMENT', '51288', 1, 1),
      ),
      [[1, 2], [3]],
    ],
    ['receipts with a blank back', sheetsOf(cafe, [], taxi, []), [[1, 2], [3, 4]]], // prettier-ignore
  ])('%s', (_, sheets, expected) => expect(pagesOf(sheets)).toEqual(expected))

  test.each<[string, readonly string[], number]>([
    ['two slips one below the other', [...cafe, ...blank(4), ...taxi], 2],
    ['three slips one below the other', [...cafe, ...blank(3), ...grocer, ...blank(5), ...taxi], 3],
    ['two slips side by side', beside(cafe, taxi), 2],
    ['two slips side by side, one longer', beside(grocer, cafeAgain), 2],
    ['four slips', [...beside(cafe, taxi), ...blank(3), ...beside(grocer, cafeAgain)], 4],
  ])('%s on one page', (_, lines, count) => {
    const { segments, doubts } = segment(sheetsOf(lines))
    expect(segments.map(({ pages }) => pages)).toEqual(Array(count).fill([1]))
    expect(doubts).toEqual([])
    for (const { region, probability } of segments) {
      expect(region![0] < region![2] && region![1] < region![3]).toBe(true)
      expect(probability).toBeGreaterThan(0.8)
    }
  })

  test('a region holds the words of its slip and of no other', () => {
    const [sheet] = sheetsOf(beside(cafe, taxi))
    const { segments } = segment([sheet!])
    const within = segments.map(({ region }) =>
      sheet!.words
        .filter(({ box: [x, y] }) => x >= region![0] && x < region![2] && y >= region![1] && y < region![3])
        .map(({ text }) => text),
    )
    expect(within[0]).toContain('FENWICK')
    expect(within[0]).not.toContain('HARBOUR')
    expect(within[1]).toContain('HARBOUR')
    expect(within.flat()).toHaveLength(sheet!.words.length)
  })

  test('a page of several slips stands apart from the pages around it', () => {
    const { segments } = segment(sheetsOf(grocer, [...cafe, ...blank(4), ...taxi], cafeAgain))
    expect(segments.map(({ pages, region }) => [pages[0], region === null])).toEqual([
      [1, true],
      [2, false],
      [2, false],
      [3, true],
    ])
  })
})

describe('one document', () => {
  test.each<[string, readonly Sheet[]]>([
    ['a receipt', sheetsOf(cafe)],
    ['a receipt cut over two pages', sheetsOf(grocer.slice(0, 6), grocer.slice(6))],
    ['a receipt with wide gaps', sheetsOf([...taxi.slice(0, 3), ...blank(3), ...taxi.slice(3, 6), ...blank(4), ...taxi.slice(6)])], // prettier-ignore
    [
      'a receipt with the slip of the card below it',
      sheetsOf([...cafe, ...blank(3), 'FENWICK COFFEE HOUSE', 'VISA **** 1234', '12/03/2024 08:41', 'TOTAL 6.25', 'APPROVED']), // prettier-ignore
    ],
    ['a letter before an invoice, terms behind it', sheetsOf(letter, [...invoiceHead, heading, ...items(1, 10), ...sums], terms)], // prettier-ignore
    [
      'a table over pages that carries its sum',
      sheetsOf(
        [...invoiceHead, heading, ...items(1, 4), 'Carried forward            48.00', 'Page 1 of 2'],
        [...invoiceHead, 'Carried forward            48.00', ...items(5, 6), ...sums, 'Page 2 of 2'],
      ),
    ],
    [
      'pages that repeat the head',
      sheetsOf(
        [...invoiceHead, heading, ...items(1, 9)],
        [...invoiceHead, heading, ...items(10, 9)],
        [...invoiceHead, heading, ...items(19, 2), ...sums],
      ),
    ],
    [
      'a text of three pages',
      sheetsOf(...[1, 2, 3].map((page) => report('NOTICE OF CHANGE', '40417', page, 3))),
    ],
    ['an invoice with its footer far below', sheetsOf(businessLetter)],
    ['an invoice with a slip to return', sheetsOf(slipToReturn)],
    ['a form for three persons', sheetsOf(application)],
    ['an invoice with a timesheet behind it', sheetsOf(businessLetter, timesheet)],
    ['pages that count on, with other dates and totals', sheetsOf([...cafe, 'Page 1 of 2'], [...taxi, 'Page 2 of 2'])], // prettier-ignore
    ['blank pages before and behind', sheetsOf([], cafe, [])],
    ['nothing but blank pages', sheetsOf([], [])],
    ['two columns of a table', sheetsOf(beside(['Name', ...blank(0), ...Array<string>(12).fill('Bracket')], ['Amount', ...Array<string>(12).fill('12.00')]))], // prettier-ignore
  ])('%s', (_, sheets) => {
    const { segments, doubts } = segment(sheets)
    expect(segments).toEqual([{ pages: sheets.map(({ page }) => page), region: null, probability: 1 }])
    expect(doubts).toEqual([])
  })
})

test('what is not sure enough is one document, with the place and the reasons of the doubt', () => {
  const nameless = taxi.slice(3, 7)
  const { segments, doubts } = segment(sheetsOf(cafe, nameless))
  expect(segments).toHaveLength(1)
  expect(doubts).toEqual([
    expect.objectContaining({ page: 2, region: null, reasons: expect.arrayContaining(['has another date']) }),
  ])
})

describe('more documents than anybody reads from one file', () => {
  const slip = (i: number): readonly string[] => [
    `SHOP ${String.fromCharCode(65 + (i % 26)).repeat(5)} LTD`,
    `${i} Pier Road, Leeds LS2 8AB`,
    `Tel 0113 555 ${1000 + i}`,
    `VAT Reg No ${123_000 + i}`,
    `${1 + (i % 28)}/0${1 + (i % 9)}/2024  ${10 + (i % 9)}:15`,
    `TOTAL ${i + 1}.${10 + (i % 80)}`,
  ]

  test('on many pages', () => {
    const sheets = sheetsOf(...Array.from({ length: mostParts + 20 }, (_, i) => slip(i)))
    const { segments, isCutShort } = segment(sheets)
    expect(segments).toHaveLength(mostParts)
    expect(isCutShort).toBe(true)
  })

  test('on one page, so close that no blank band parts them', () => {
    const words = Array.from({ length: 600 }, (_, i) => {
      const [column, row] = [i % 20, Math.floor(i / 20)]
      const [sheet] = sheetsOf(slip(i))
      return sheet!.words.map(({ text, confidence, box: [x0, y0, x1, y1] }) => {
        const box = [column * 0.05 + x0 * 0.1, (row + y0 * 8) / 30, column * 0.05 + x1 * 0.1, (row + y1 * 8) / 30] as const // prettier-ignore
        return { text, confidence, box }
      })
    }).flat()
    const { doubts } = segment([{ page: 1, width: 12_000, height: 9_000, words }])
    expect(doubts).not.toEqual([])
  })

  test('on one page, with bands between them', () => {
    const lines = Array.from({ length: mostOnPage + 10 }, (_, i) => [...slip(i), ...blank(4)]).flat()
    const { segments, isCutShort } = segment(sheetsOf(lines))
    expect(isCutShort).toBe(true)
    expect(segments).toHaveLength(mostOnPage)
  })
})
