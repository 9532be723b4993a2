import { expect, test } from 'vitest'
import { currencyCodes } from './currencies.ts'
import { countries, countryOdds, countryScores, elsewhere, parseCountries } from './countries.ts'

test.each([
  [{ QQ: { currency: 'EUR' } }, 'QQ'],
  [{ Norway: { currency: 'NOK' } }, 'Norway'],
  [{ NO: { currency: 'kroner' } }, 'NO.currency'],
  [{ NO: { currency: 'NOK', taxes: ['mva'] } }, 'taxes'],
  [{ NO: {} }, 'NO.currency'],
])('%j is refused', (content, why) => expect(() => parseCountries(content)).toThrow(why))

test('every country has a currency of ISO 4217', () => {
  for (const { currency } of Object.values(countries)) expect(currencyCodes).toContain(currency)
})

test.each([
  ['Volvo AB', 'SE'],
  ['Dansk Salg A/S', 'DK'],
  ['Kahvila Oy', 'FI'],
  ['Kos Sp. z o.o.', 'PL'],
  ['Trigo Ltda', 'BR'],
  ['Tacos S.A. de C.V.', 'MX'],
  ['Shop Pty Ltd', 'AU'],
  ['Sweets Pvt Ltd', 'IN'],
  ['Vente SARL', 'FR'],
  ['PT Indomarco', 'ID'],
])('%s comes from %s', (name, country) => expect(countryScores(name).has(country)).toBe(true))

test.each(['ABOUT US', 'AS ABOVE', 'KG OF RICE', 'Oyster sauce'])('%j comes from nowhere', (text) => {
  expect(countryScores(text)).toEqual(new Map())
})

test('odds are probabilities, and more evidence makes a country likelier', () => {
  const odds = (text: string) => countryOdds(countryScores(text))
  const sum = (text: string) => [...odds(text).values()].reduce((a, b) => a + b, 0)
  for (const text of ['', 'Oslo', 'Oslo, Norge, MVA 25%', 'Oslo Berlin Paris'])
    expect(sum(text)).toBeCloseTo(1)
  expect(odds('')).toEqual(new Map([[elsewhere, 1]]))
  expect(odds('Oslo, Norge').get('NO')).toBeGreaterThan(odds('Oslo').get('NO')!)
  expect(odds('Oslo Berlin').get('NO')).toBeLessThan(odds('Oslo').get('NO')!)
})
