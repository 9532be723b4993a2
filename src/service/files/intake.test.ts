import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readInput } from './intake.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intake-'))
  await writeFile(join(folder, 'a.png'), 'bytes')
  await symlink('loop', join(folder, 'loop'))
  await writeFile(join(folder, 'huge'), '')
  await truncate(join(folder, 'huge'), 100e6 + 1)
  execFileSync('mkfifo', [join(folder, 'pipe')])
})
afterAll(() => rm(folder, { recursive: true }))

test('the bytes of a file', async () => {
  expect(Buffer.from(await readInput(join(folder, 'a.png'))).toString()).toBe('bytes')
})

test.each([
  ['is not there', 'none', 'E_NOT_FOUND', 'There is no such file.'],
  ['lies below a file', 'a.png/b.png', 'E_NOT_FOUND', 'There is no such file.'],
  ['has an endless name', 'x'.repeat(300), 'E_NOT_FOUND', 'There is no such file: the name is too long.'],
  ['is a folder', '.', 'E_NOT_READABLE', 'This is not a file.'],
  ['is a pipe that nobody writes to', 'pipe', 'E_NOT_READABLE', 'This is not a file.'],
  ['is a link to itself', 'loop', 'E_NOT_READABLE', 'The file is a link that leads back to itself.'],
  ['is too large', 'huge', 'E_FILE_TOO_LARGE', 'The file has 101 MB; at most 100 MB are read.'],
])('says why there are none when it %s', async (_, file, code, message) => {
  await expect(readInput(join(folder, file))).rejects.toMatchObject({ code, message })
})
