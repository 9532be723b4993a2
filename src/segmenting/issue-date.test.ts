import { expect, test } from 'vitest'
import { issueDatesOn } from './issue-date.ts'

test.each<[string, readonly string[]]>([
  ['Date 17.06.2024   Due 01.07.2024', ['2024-06-17']],
  ['Rechnung 4711 vom 17.06.2024', ['2024-06-17']],
  ['12 June 2024', ['2024-06-12']],
  ['Fälligkeit: 01.07.2024', []],
  ['Date de livraison 03/07/2024', []],
  ['Abrechnungszeitraum 01.05.2024 - 31.05.2024', []],
  ['1 May 2024 to 31 May 2024', []],
  ['Please pay the amount above in full to the account of our bank that is named below on 17/06/2024', []],
])('of "%s" the days of issue are %s', (text, days) => expect(issueDatesOn(text)).toEqual(days))
