import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { filled, picture } from '../../imaging/test-images.ts'
import { expandInputs } from './inputs.ts'
import { readInput } from './intake.ts'

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
  expect((await expandInputs(inputs, folder)).files).toEqual(expected)
})

test('absolute inputs stay absolute', async () => {
  const absolute = [join(folder, 'a2.png'), join(folder, 'a10.png'), join(folder, 'b[1].png')]
  expect((await expandInputs([join(folder, '*.png')], tmpdir())).files).toEqual(absolute)
  expect((await expandInputs([join(folder, 'more')], '/')).files).toEqual([join(folder, 'more/c.JPG')])
})

test.each([['no*.png'], ['none'], ['none', 'no*.png']])('says when there is nothing in %s', async (...inputs) => {
  await expect(expandInputs(inputs, folder)).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: `There are no documents in ${inputs.join(', ')}.`,
  })
}) // prettier-ignore

describe('in a folder that other programs use as well', () => {
  let shared: string
  const put = async (name: string | Buffer, content: string | Uint8Array = ''): Promise<void> => {
    const path = Buffer.concat([Buffer.from(`${shared}/`), Buffer.from(name)])
    await writeFile(path, content)
  }
  beforeEach(async () => void (shared = await mkdtemp(join(tmpdir(), 'shared-'))))
  afterEach(() => rm(shared, { recursive: true }))

  test.each([['.'], ['*']])('what is no document is passed over in %s, whatever it is called', async (input) => {
    const page = await picture(filled(40, 60, 200)).jpeg().toBuffer()
    await put('a.jpg', 'not even a picture')
    await put('b.PDF')
    await put('scan', page)
    await put('scan.bak', page)
    for (const name of ['Thumbs.db', 'notes.txt', '.DS_Store', 'a.json', 'list.docx', 'README']) await put(name, 'text')
    expect(await expandInputs([input], shared)).toEqual({
      files: ['a.jpg', 'b.PDF', 'scan', 'scan.bak'],
      passedOver: ['a.json', 'list.docx', 'notes.txt', 'README', 'Thumbs.db'],
    })
    expect(await expandInputs(['notes.txt', '.'], shared)).toMatchObject({ files: ['notes.txt', 'a.jpg', 'b.PDF', 'scan', 'scan.bak'] })
  }) // prettier-ignore

  test.each([['.'], ['**/*.png']])('what a link leads back to is found once in %s, by its plain path', async (input) => {
    await mkdir(join(shared, 'z/deep'), { recursive: true })
    await put('z/deep/x.png')
    await put('b.png')
    await symlink('.', join(shared, 'a-loop'))
    await symlink('../..', join(shared, 'z/deep/loop'))
    await symlink('deep', join(shared, 'z/again'))
    await symlink('nowhere', join(shared, 'broken.png'))
    expect((await expandInputs([input], shared)).files).toEqual(['b.png', 'z/deep/x.png'])
  }) // prettier-ignore

  test('a folder that is reached by a link only is read by it', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'))
    await writeFile(join(elsewhere, 'x.png'), '')
    await symlink(elsewhere, join(shared, 'linked'))
    for (const input of ['.', '*/*.png', 'linked'])
      expect((await expandInputs([input], shared)).files).toEqual(['linked/x.png'])
    await rm(elsewhere, { recursive: true })
  })

  describe('with names that are no UTF-8', () => {
    const latin = (name: string): Buffer => Buffer.from(name, 'latin1')
    beforeEach(async () => {
      await put(latin('caf\xe9.png'), 'e with an acute')
      await put(latin('caf\xe8.png'), 'e with a grave')
      await put('caf\\xE9.png', 'a backslash')
      await put('café.png', 'UTF-8')
      await mkdir(Buffer.concat([Buffer.from(`${shared}/`), latin('f\xfcr')]))
      await put(latin('f\xfcr/\xdf.png'), 'in a folder')
    })
    const all: Readonly<Record<string, string>> = {
      'caf\\x5CxE9.png': 'a backslash',
      'caf\\xE8.png': 'e with a grave',
      'caf\\xE9.png': 'e with an acute',
      'café.png': 'UTF-8',
      'f\\xFCr/\\xDF.png': 'in a folder',
    }

    test.each([
      ['a folder', ['.'], Object.keys(all)],
      ['a glob', ['*.png'], Object.keys(all).slice(0, 4)],
      ['a folder that the command line blurs', ['f\uFFFDr'], ['f\\xFCr/\\xDF.png']],
      [
        'names that the command line blurs',
        ['caf\uFFFD.png', 'caf\uFFFD.png'],
        ['caf\\xE8.png', 'caf\\xE9.png'],
      ],
      ['a path that the command line blurs twice', ['f\uFFFDr/\uFFFD.png'], ['f\\xFCr/\\xDF.png']],
      [
        'names as they are shown',
        ['caf\\xE8.png', 'f\\xFCr/\\xDF.png', 'f\\xFCr'],
        ['caf\\xE8.png', 'f\\xFCr/\\xDF.png'],
      ],
      ['a name that is written like an escape', ['caf\\xE9.png'], ['caf\\x5CxE9.png']],
    ])('each is found in %s and read as itself', async (_, inputs, expected) => {
      const { files } = await expandInputs(inputs, shared)
      expect([...files].sort()).toEqual([...expected].sort())
      for (const file of files)
        expect(Buffer.from(await readInput(join(shared, file))).toString()).toBe(all[file])
    })

    test('one that is not there is told under its name', async () => {
      expect((await expandInputs(['gon\uFFFD.png'], shared)).files).toEqual(['gon\uFFFD.png'])
      await expect(readInput(join(shared, 'gone\\xE9.png'))).rejects.toMatchObject({ code: 'E_NOT_FOUND' })
    })
  })
})
