import { expect, test } from 'vitest'
import { otherTemplates } from './other-templates.ts'

const type = { name: 'receipt', file: null, hash: '' }

test.each([
  [[], ''],
  [['reciept'], '1 vendor template is for "reciept", not for "receipt": it is not used.\n'],
  [
    ['bill', 'a\u001b[31m', 'bill'],
    '3 vendor templates are for "bill", "a", not for "receipt": they are not used.\n',
  ],
])('templates for %j', (otherTypes, line) => expect(otherTemplates({ type, otherTypes })).toBe(line))
