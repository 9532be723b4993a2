import { expect, it } from 'vitest'
import { hrefOf, routeOf, type Route } from './route.ts'

const routes: readonly Route[] = [
  { name: 'batches' },
  { name: 'batch', id: 'a/b c' },
  { name: 'queue' },
  { name: 'review', id: 'x?y#z' },
  { name: 'metrics' },
]

it.each(routes)('comes back to %o', (route) => expect(routeOf(hrefOf(route))).toEqual(route))

it.each(['', '#', '#/', '#/nothing', '#/%zz'])('begins at the batches for "%s"', (hash) =>
  expect(routeOf(hash)).toEqual({ name: 'batches' }),
)
