import { expect, test } from 'vitest'
import { addsUp } from '../arithmetic.ts'
import { entity } from '../entity.ts'
import { money } from '../parsers.ts'
import { template } from '../template.ts'
import { withVendors } from './overlay.ts'

test('amounts hang together in the same way where vendors have templates', () => {
  const base = template(
    { '/total': entity('TOTAL', { as: money }), '/net': entity('NET', { as: money }) },
    addsUp({ total: '/total', first: '/net' }),
  )
  const overlaid = withVendors(base, [])
  expect(overlaid.sums).toEqual(base.sums)
  expect(overlaid.sums).toHaveLength(1)
  expect(overlaid.confirms).toBe(base.confirms)
})
