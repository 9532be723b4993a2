import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { faults } from './all.ts'
import { formatTrials, judge, tryAll, tryFault } from './campaign.ts'
import { atMost, exactly, told } from './figures.ts'
import type { Lab } from './lab.ts'
import { oneOf, seededRandom } from './random.ts'
import { until } from './waiting.ts'

const lab: Lab = {
  cli: pathToFileURL('/nowhere'),
  ocr: 'none',
  random: () => 0,
  documents: () => [],
  slowDocument: () => Buffer.alloc(0),
}

test('a fault passes when no figure is other than it should be; what is only told says nothing', () => {
  expect(judge([told('kills', 3), atMost('seconds', 12, 12), exactly('lost', 0, 0)]).verdict).toBe('pass')
  for (const wrong of [atMost('seconds', 12.01, 12), exactly('lost', 1, 0), exactly('up', false, true)])
    expect(judge([told('kills', 3), wrong]).verdict).toBe('fail')
  expect(judge({ skipped: 'no disk' })).toMatchObject({ verdict: 'skipped', reason: 'no disk' })
})

test('what never happened, or is no number, is not in time', () => {
  expect(atMost('seconds', null, 1000)).toEqual({ name: 'seconds', value: 'never (≤ 1000)', met: false })
  expect(atMost('times', NaN, 1000).met).toBe(false)
  expect(told('seconds', 1.234, 's').value).toBe('1.23 s')
})

test('a fault that breaks has failed, says why in its row, and leaves the others to be tried', async () => {
  const what = 'this | that'
  const broken = { name: 'broken', what, run: () => Promise.reject(new Error('serve\n did not listen')) }
  const good = { name: 'good', what, run: async () => [exactly('lost', 0, 0)] }
  const trials = [await tryFault(broken, lab), await tryFault(good, lab)]
  const [, , first, second, , sum] = formatTrials(trials).split('\n')
  expect(first).toBe('| broken | this \\| that | serve did not listen | **fail** |')
  expect(second).toBe('| good | this \\| that | lost: 0 | pass |')
  expect(sum).toBe('1 pass, 1 fail, 0 skipped')
})

test('faults that wait are tried together, the others one by one, and all told in their order', async () => {
  let running = 0
  const most: Record<string, number> = {}
  const run = (name: string) => async () => {
    most[name] = ++running
    await setImmediate()
    running--
    return []
  }
  const fault = (name: string) => ({ name, what: '', run: run(name) })
  const all = [fault('a'), { ...fault('b'), waits: true as const }, fault('c'), { ...fault('d'), waits: true as const }]
  const told: string[] = []
  const trials = await tryAll(all, lab, ({ name }) => told.push(name))
  expect(trials.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
  expect(told).toEqual(['b', 'd', 'a', 'c'])
  expect(most).toEqual({ a: 1, b: 1, c: 1, d: 2 })
}) // prettier-ignore

test('figures that are not as they should be stand out in the row', async () => {
  const run = async () => [exactly('lost', 2, 0), told('kills', 3)]
  const trial = await tryFault({ name: 'loss', what: 'kills', run }, lab)
  expect(formatTrials([trial])).toContain('| **lost: 2 (not 0)**; kills: 3 | **fail** |')
})

test('the same seed draws the same, evenly from 0 to 1', () => {
  const draw = (seed: number): readonly number[] => Array.from({ length: 2000 }, seededRandom(seed))
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  const tenths = Array.from({ length: 10 }, (_, i) => draw(7).filter((v) => Math.floor(v * 10) === i).length)
  for (const share of tenths) expect(Math.abs(share - 200)).toBeLessThan(60)
  expect(oneOf<string>([], seededRandom(1))).toBeUndefined()
})

test('waiting ends with the seconds that it took, or with null', async () => {
  let asked = 0
  expect(await until(() => ++asked === 3, 10, 1)).toBeGreaterThan(0)
  expect(await until(() => false, 0.01, 1)).toBeNull()
})

test('every fault has a name of its own, which --only can take', () => {
  const names = faults.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
})
