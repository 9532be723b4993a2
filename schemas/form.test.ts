import { expect, test } from 'vitest'
import { pageOf } from '../src/core/page.case.ts'
import { loadType } from '../src/document-types/load.ts'

const { type } = await loadType('form', '.')

test('every caption that has a value is an entry, from top to bottom and from left to right', () => {
  const page = `
              Membership application

Full name:     Ada Field            Born:    4 May 1990
Street:        12 Mill Lane
Locker no.:
Dock leader:   Ines Brook           Boat:    Heron
`
  const { data } = type.template.fill({ pages: [pageOf(page)], entities: [] })
  expect(data).toEqual({
    entries: [
      { label: 'Full name', value: 'Ada Field' },
      { label: 'Born', value: '4 May 1990' },
      { label: 'Street', value: '12 Mill Lane' },
      { label: 'Dock leader', value: 'Ines Brook' },
      { label: 'Boat', value: 'Heron' },
    ],
  })
})

test('what is read of it is valid', () => {
  const { data } = type.template.fill({ pages: [pageOf('Boat: Heron')], entities: [] })
  expect(type.schema.safeParse(data).success).toBe(true)
})
