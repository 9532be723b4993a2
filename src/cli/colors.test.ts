import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorkplace, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await place.run(['keys', 'create', 'scanner'])
})
afterAll(() => place[Symbol.asyncDispose]())

/** What turns a colour on or off. */
const escapeSequence = '\x1b['

const commands: readonly (readonly string[])[] = [
  ['keys', 'list'],
  ['jobs', 'show', 'nobody'],
  ['audit', 'absent.json'],
]

test.each(commands)('%s %s %s has no colours where nobody wants any', async (...args) => {
  for (const env of [{ NO_COLOR: '1' }, { NO_COLOR: 'yes', FORCE_COLOR: '1' }, { NO_COLOR: undefined, FORCE_COLOR: '0' }, { NO_COLOR: undefined, CI: 'true' }]) {
    const { stdout, stderr } = await place.run(args.filter(Boolean), env)
    expect(stdout + stderr).not.toBe('')
    expect(stdout + stderr).not.toContain(escapeSequence)
  }
}) // prettier-ignore

test.each(commands)('%s %s %s has colours where somebody insists', async (...args) => {
  const { stdout, stderr } = await place.run(args.filter(Boolean), { NO_COLOR: undefined, FORCE_COLOR: '1' })
  expect(stdout + stderr).toContain(escapeSequence)
})

test('a misspelt setting is told once, and is no error', async () => {
  const { code, stdout, stderr } = await place.run(['keys', 'list'], { PARALLAX_AUDITS: '0.5' })
  expect([code, stdout.includes('scanner')]).toEqual([0, true])
  expect(stderr).toBe('parallax: The environment variable PARALLAX_AUDITS is none of Parallax: did you mean PARALLAX_AUDIT?\n')
}) // prettier-ignore
