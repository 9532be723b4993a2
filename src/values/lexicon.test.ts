import { expect, test } from 'vitest'
import { lexicons, parseLexicon, phrasesFor } from './lexicon.ts'
import { phraseTokens, says } from './phrases.ts'

test('there is a lexicon for each language that is claimed', () => {
  const languages = 'cs da de en es fi fr hu id it ms nl no pl pt ro sv tr'.split(' ')
  expect([...lexicons.keys()].sort()).toEqual(languages)
})

test.each([
  ['qq.json', {}, 'The lexicon qq.json is named after no language'],
  ['english.json', {}, 'The lexicon english.json is named after no language'],
  ['DE.json', {}, 'named after no language'],
  ['de.json', { totals: ['summe'] }, 'there is no role "totals"'],
  ['de.json', { total: ['Summe'] }, 'total.0 is no phrase of lower-case words'],
  ['de.json', { total: ['summe 19'] }, 'total.0 is no phrase of lower-case words'],
  ['de.json', { total: [] }, 'total'],
  ['de.json', { total: 'summe' }, 'total'],
])('%s with %j is refused', (file, content, sentence) => {
  expect(() => parseLexicon(file, content)).toThrow(sentence)
})

test('a lexicon names its language', () => {
  expect(parseLexicon('et.json', { total: ['kokku'] })).toEqual(['et', { total: ['kokku'] }])
})

test('every phrase has a word that can be looked for', () => {
  for (const lexicon of lexicons.values())
    for (const phrase of Object.values(lexicon).flat()) expect(phraseTokens(phrase), phrase).not.toEqual([])
})

test.each([
  ['Do zapłaty', 'do zapłaty'],
  ['DO ZAPLATY', 'do zapłaty'],
  ['ØREAFRUNDING', 'øreafrunding'],
  ['oreafrunding', 'øreafrunding'],
  ['SISÄLTÄÄ ALV', 'sisältää alv'],
  ['Ödenecek', 'ödenecek'],
  ['STRASSE', 'straße'],
  ['T0TAI', 'total'],
])('%j says %j', (line, phrase) => expect(says(line, [phrase])).toBe(true))

test.each([
  ['Drinks', '=dricks'],
  ['Pesto', '=resto'],
  ['Chocolate bar', '^bar'],
  ['', 'total'],
  ['TO TAL', 'total'],
])('%j does not say %j', (line, phrase) => expect(says(line, [phrase])).toBe(false))

test('what begins a line may stand alone', () => expect(says('Bar 20,00', ['^bar'])).toBe(true))

test('phrases of all languages come once', () => {
  const all = phrasesFor('total')
  expect(new Set(all).size).toBe(all.length)
})
