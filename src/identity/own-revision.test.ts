import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { fingerprint, revision } from './fingerprint.ts'
import { readingRevision, rulesRevision } from './own-revision.ts'
import { importsOf, installed, packagesIn } from './package-versions.ts'
import { markSources } from './sources.ts'

const checkout = new URL('../../', import.meta.url)

test('a revision is a version and eight digits of what is behind it', () => {
  expect(rulesRevision()).toMatch(/^1\.[0-9a-f]{8}$/)
  expect(readingRevision('2.5.0')).toMatch(/^2\.5\.0\.[0-9a-f]{8}$/)
  expect(rulesRevision()).toBe(revision('1', markSources(checkout).rules))
  expect(readingRevision('2')).not.toBe(readingRevision('3'))
})

test('every package that takes part in reading is one that is installed', () => {
  const { packages } = markSources(checkout)
  expect(packages).toEqual(expect.arrayContaining(['onnxruntime-node', 'sharp', 'zod']))
  expect(packages).not.toEqual(expect.arrayContaining(['fastify']))
  for (const one of installed(packages, import.meta.url)) expect(one).toMatch(/@\d+\.\d+/)
})

test.each([
  [["import a from 'sharp'", 'export * from "@scope/one/two.js"'], ['@scope/one', 'sharp']],
  [["import './near.ts'", "import { x } from '../far.ts'", "import fs from 'node:fs'", "import 'fs'"], []],
  [["const a = await import('ajv/dist/2020.js')", "require.resolve('b/package.json')", "from 'ajv'"], ['ajv', 'b']],
  [["import 'file:///a.ts'", "import '/abs/b.ts'"], []],
])('%j imports the packages %j', (sources, packages) => {
  expect(packagesIn(sources)).toEqual(packages)
}) // prettier-ignore

test('finds what is imported over several lines', () => {
  expect(importsOf("import {\n  a,\n  b,\n} from './ab.ts'\n")).toEqual(['./ab.ts'])
})

test('tells a package that is not there from one that is', async () => {
  const { version } = JSON.parse(await readFile(new URL('node_modules/zod/package.json', checkout), 'utf8')) as { version: string }
  expect(installed(['zod', 'no-such-package'], import.meta.url)).toEqual([`zod@${version}`, 'no-such-package@none'])
}) // prettier-ignore

test.each([
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [['a'], ['a', '']],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
])('parts %j and %j have other fingerprints', (one, other) => {
  expect(fingerprint(one)).not.toBe(fingerprint(other))
  expect(fingerprint(one)).toBe(fingerprint(one.map((part) => Buffer.from(part))))
})
