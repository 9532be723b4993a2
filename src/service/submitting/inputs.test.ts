import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expandInputs } from './inputs.ts'

const files = ['a2.png', 'a10.png', 'truth.json', 'notes.MD', '.hidden.png', 'b[1].png', 'more/c.JPG', 'more/.d/e.jpg', 'none/x.csv'] // prettier-ignore
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inputs-'))
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), '')
  }
})
afterAll(() => rm(folder, { recursive: true }))

test.each<[string, string[], string[]]>([
  ['a folder, in the order people count', ['.'], ['a2.png', 'a10.png', 'b[1].png', 'more/c.JPG']],
  ['a folder below', ['more/'], ['more/c.JPG']],
  ['a glob', ['*.png'], ['a2.png', 'a10.png', 'b[1].png']],
  ['a glob through folders', ['**/*.{jpg,JPG}'], ['more/c.JPG']],
  ['names in the order given', ['more/c.JPG', 'a2.png'], ['more/c.JPG', 'a2.png']],
  ['each file once', ['a2.png', './a2.png', '.'], ['a2.png', 'a10.png', 'b[1].png', 'more/c.JPG']],
  ['a name with brackets that exists', ['b[1].png'], ['b[1].png']],
  ['data and hidden files by name', ['truth.json', '.hidden.png'], ['truth.json', '.hidden.png']],
  ['a name that does not exist', ['gone.png', 'a2.png'], ['gone.png', 'a2.png']],
])('takes %s', async (_, inputs, expected) => {
  expect(await expandInputs(inputs, folder)).toEqual(expected)
})

test('absolute inputs stay absolute', async () => {
  const absolute = [join(folder, 'a2.png'), join(folder, 'a10.png'), join(folder, 'b[1].png')]
  expect(await expandInputs([join(folder, '*.png')], tmpdir())).toEqual(absolute)
  expect(await expandInputs([join(folder, 'more')], '/')).toEqual([join(folder, 'more/c.JPG')])
})

test.each([['no*.png'], ['none'], ['none', 'no*.png']])('says when there is nothing in %s', async (...inputs) => {
  await expect(expandInputs(inputs, folder)).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: `There are no documents in ${inputs.join(', ')}.`,
  })
}) // prettier-ignore
