import { expect, test } from 'vitest'
import { openApiDocument } from '../client-types.ts'
import { readPages, type Page } from './pages.case.ts'

const { paths } = await openApiDocument()
const routes = Object.keys(paths!).map((path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`))

const mentioned = ({ prose, fences }: Page): readonly string[] =>
  [prose, ...fences.map(({ text }) => text)].flatMap((text) => text.match(/\/v1\/[\w/{}$-]+/g) ?? [])

const named = (await readPages()).flatMap((page) =>
  mentioned(page).map((route) => [page.path, route] as const),
)

test('pages name routes', () => expect(named.length).toBeGreaterThan(10))

test('every route that a page names is one of the service', () => {
  const strange = named.filter(([, route]) => !routes.some((pattern) => pattern.test(route)))
  expect(strange).toEqual([])
})
