import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { knownText, placesOf } from './known-text.ts'
import { contextOf } from './rules.case.ts'

const address = '17 Jalan Seri Kenari, 10050 George Town'
const read = (lines: string) => knownText(address).find(contextOf([pageOf(lines)]))[0]

test('is spelled as it is known, over as many lines as it takes, with the words that show it', () => {
  const found = read('KEDAI\n17 Ja1an Seri Kenar1,\n10050 Ge0rge Town\nTel 5')
  expect(found).toBeUndefined()
  const letters = read('KEDAI\n17 Jalan Ser! Kenari,\n10050 Gcorge Town\nTel 5')!
  expect(letters).toMatchObject({ value: address, text: address, page: 1 })
  expect(letters.words.map((w) => w.text).join(' ')).toBe('17 Jalan Ser! Kenari, 10050 Gcorge Town')
})

test.each([
  ['another number', '19 Jalan Seri Kenari, 10050 George Town'],
  ['another postcode', '17 Jalan Seri Kenari, 10051 George Town'],
  ['another street', '17 Jalan Besar Utama, 10050 George Town'],
  ['nothing', 'KEDAI'],
])('%s is not the known text', (_, lines) => expect(read(lines)).toBeUndefined())

test('words beside the text are not taken with it', () => {
  const [place] = placesOf([pageOf('2 Soupe 14.00')], 'Soupe')
  expect(place!.words.map((w) => w.text)).toEqual(['Soupe'])
})
