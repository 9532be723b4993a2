import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ocr, openWorkplace, processesIn, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000 })

let place: Workplace
beforeEach(async () => {
  place = await openWorkplace()
})
afterEach(() => place[Symbol.asyncDispose]())

test('where all is well, it says what it found and leaves nothing running', async () => {
  const { code, stdout, stderr } = await place.run(['doctor'])
  expect(stdout).toContain(process.version)
  expect(stdout).toContain(`${place.home}, `)
  expect(stdout).toMatch(/✓ reading, pp-ocr +parallax@\S+\+pp-ocr@/)
  expect(stdout).toMatch(/✓ reading, tesseract-js +parallax@\S+\+tesseract-js@/)
  expect(stdout).toMatch(
    ocr === 'tesseract' ? /✓ reading, tesseract +parallax@\S+\+tesseract@/ : /– reading, tesseract/,
  )
  expect(stdout).toContain('Everything needed is here.')
  expect(stdout).not.toContain('✗')
  expect([code, stderr]).toEqual([0, ''])
  expect(await processesIn(place.folder)).toEqual([])
})

test('what is missing it names, with what mends it', async () => {
  await mkdir(place.path('bin'))
  await symlink('/bin/sh', place.path('bin', 'sh'))
  await mkdir(place.home)
  await writeFile(place.path('home', 'ledger.sqlite'), Buffer.alloc(5000, 'garbage'))
  const { code, stdout, stderr } = await place.run(['doctor'], { PATH: place.path('bin') })
  expect(stdout).toMatch(/✗ queue \(Redis\).*redis-server.*\n.*apt-get install redis-server/)
  expect(stdout).toMatch(/✗ job ledger.*not a Parallax ledger.*\n.*backup/)
  expect(stdout).toMatch(/– reading, tesseract .*\n.*apt-get install tesseract-ocr/)
  expect(stdout).toMatch(/✓ reading, tesseract-js/)
  expect(stdout).toContain('2 of the above must be mended.')
  expect([code, stderr]).toEqual([1, ''])
  expect(await processesIn(place.folder)).toEqual([])
})
