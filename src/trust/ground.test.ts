import { expect, test } from 'vitest'
import type { Field, Scalar, SeenWord } from '../core/extraction.ts'
import { fieldSpec, type Comparator } from '../core/field-spec.ts'
import { isGrounded } from './ground.ts'

const words = (text: string): readonly SeenWord[] =>
  text.split(' ').map((word) => ({ page: 1, text: word, box: [0, 0, 1, 1] }))
const field = (value: Scalar, text: string | null = String(value)): Field => ({
  value,
  text,
  confidence: 1,
  source: null,
})

test.each<[string, Field, Comparator, string, boolean]>([
  ['a name as it is', field('Kedai Roti'), 'text', 'WELCOME TO KEDAI ROTI SDN BHD', true],
  ['a name with a letter misread', field('RESTORAN HASSAN'), 'text', 'RESTORAN HASSAM TEL 123', true],
  ['a name cut into other words', field('KedaiRoti'), 'text', 'KEDAI ROTI', true],
  ['another name', field('Kedai Roti'), 'text', 'RESTORAN HASSAN', false],
  ['an address over several rows', field('12 Jalan Besar 50000 KL'), 'text', 'TEL 1 12, JALAN BESAR, 50000 KL END', true],
  ['an amount written otherwise', field(1234.5, '1.234,50'), 'amount', 'TOTAL RM 1,234.50', true],
  ['an amount with a digit misread', field(9), 'amount', 'TOTAL 8.00', false],
  ['a date written otherwise', field('2018-03-02', '02/03/2018'), 'date', 'DATE 2 MAR 2018', true],
  ['a day of another month', field('2018-03-02', '02/03/2018'), 'date', 'DATE 02/08/2018', false],
  ['a time cut in two', field('11:10', '11:10'), 'time', '21/07/2017 11 :10', true],
  ['a phone with other spaces', field('03-5542 3228'), 'phone', 'TEL 03- 55423228', true],
  ['a phone with a digit misread', field('03-5542 3228'), 'phone', 'TEL 03- 55423226', false],
  ['a currency in a word', field('MYR', 'RM'), 'text', 'AMT(RM) 3.00', true],
  ['a symbol', field('EUR', '€'), 'text', 'TOTAL €3.00', true],
  ['a currency that is not there', field('MYR', 'RM'), 'text', 'TOTAL 3.00', false],
  ['anything on an empty page', field('Kedai'), 'text', '', false],
])('%s', (_, value, comparator, read, grounded) => {
  expect(isGrounded(value, fieldSpec({ comparator }), words(read))).toBe(grounded)
}) // prettier-ignore
