import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentSchema } from '../../src/config.ts'
import { anchors, codeSpans, localLinks, readPages, root, type Page } from './pages.case.ts'

const pages = await readPages()
const byPath = new Map(pages.map((page) => [page.path, page]))

/** What a page says that is so no longer is history in these. */
const isHistory = ({ path }: Page): boolean => path === 'CHANGELOG.md' || path.startsWith('docs/decisions/')

const present = pages.filter((page) => !isHistory(page))

test('there are pages with links', () => {
  expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/service.md']))
  expect(pages.flatMap(localLinks).length).toBeGreaterThan(30)
})

test('every link leads to a file', () => {
  const broken = pages.flatMap((page) =>
    localLinks(page)
      .filter(({ file }) => !existsSync(join(root, file)))
      .map(({ file }) => `${page.path}: ${file}`),
  )
  expect(broken).toEqual([])
})

test('every link into a page leads to a heading', () => {
  const broken = pages.flatMap((page) =>
    localLinks(page)
      .filter(({ file, anchor }) => anchor !== '' && !anchors(byPath.get(file)!).includes(anchor))
      .map(({ file, anchor }) => `${page.path}: ${file}#${anchor}`),
  )
  expect(broken).toEqual([])
})

test('every page of docs/ is reached from the README', () => {
  const reached = new Set<string>()
  const follow = (path: string): void => {
    if (reached.has(path)) return
    reached.add(path)
    for (const { file } of localLinks(byPath.get(path)!)) if (byPath.has(file)) follow(file)
  }
  follow('README.md')
  const lost = pages
    .map(({ path }) => path)
    .filter((path) => /^docs\/[^/]+$/.test(path) && !reached.has(path))
  expect(lost).toEqual([])
})

/** A path of the project, perhaps with a place that is to be filled in. */
const pathPattern = /^(src|schemas|models|samples|scripts|training|workers|bench|docs)\/[\w./*-]*$/

test('every file and folder that a page names is there', () => {
  const isThere = (path: string): boolean =>
    /[A-Z*]{3,}|\*/.test(path) || path.startsWith('training/out') || existsSync(join(root, path))
  const missing = present.flatMap((page) =>
    codeSpans(page)
      .filter((code) => pathPattern.test(code) && !isThere(code))
      .map((code) => `${page.path}: ${code}`),
  )
  expect(missing).toEqual([])
})

test('every setting that a page names is one', () => {
  const known = [...Object.keys(environmentSchema.shape), 'PARALLAX_KEY']
  const strange = present.flatMap(({ path, prose, fences }) =>
    [prose, ...fences.map(({ text }) => text)]
      .flatMap((text) => text.match(/\bPARALLAX_[A-Z_]+/g) ?? [])
      .filter((name) => !known.includes(name))
      .map((name) => `${path}: ${name}`),
  )
  expect(strange).toEqual([])
})
