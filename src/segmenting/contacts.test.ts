import { expect, test } from 'vitest'
import { contactsOn } from './contacts.ts'

test.each<[string, readonly string[]]>([
  ['Tel. 0431 555 2104, info@nordlicht.example', ['info@nordlicht.example', '04315552104']],
  ['www.quillon.example   VAT GB 123 4567 89', ['www.quillon.example', '123456789']],
  ['IBAN DE02 1203 0000 0000 2020 51', ['02120300000000202051']],
  ['Milch 1L 1,19', []],
  ['Total 12,345.00', []],
])('finds in "%s" the contacts %s', (text, contacts) => expect(contactsOn(text)).toEqual(contacts))
