import { describe, expect, it } from 'vitest'
import { countJUnit, countTests, sumCounts } from './test-counts.ts'

const file = (status: string, ...statuses: readonly string[]) => ({
  status,
  assertionResults: statuses.map((s) => ({ status: s })),
})

describe('countTests', () => {
  it.each([
    [
      'tests of several files',
      [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed')],
      [3, 1, 0],
    ],
    [
      'skipped, pending and planned tests as skipped',
      [file('passed', 'skipped', 'pending', 'todo')],
      [0, 0, 3],
    ],
    ['a file that could not be loaded as failed', [file('failed'), file('passed', 'passed')], [1, 1, 0]],
    ['a file whose hook threw as failed', [file('failed', 'passed', 'skipped')], [1, 1, 1]],
    ['nothing in no file', [], [0, 0, 0]],
  ])('counts %s', (_, testResults, [passed, failed, skipped]) => {
    expect(countTests({ testResults })).toEqual({ passed, failed, skipped })
  })
})

const junit = (attributes: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" ${attributes}>` +
  '<testcase name="a" time="0.1"><failure message="tests=&quot;9&quot;">tests="9"</failure></testcase></testsuite></testsuites>'

describe('countJUnit', () => {
  it.each([
    ['passed tests', 'errors="0" failures="0" skipped="0" tests="3" time="0.5"', [3, 0, 0]],
    ['failures and errors as failed', 'errors="1" failures="2" skipped="3" tests="10"', [4, 3, 3]],
    ['nothing where nothing was collected', 'errors="0" failures="0" skipped="0" tests="0"', [0, 0, 0]],
  ])('counts %s', (_, attributes, [passed, failed, skipped]) => {
    expect(countJUnit(junit(attributes))).toEqual({ passed, failed, skipped })
  })

  it.each(['', '<testsuites/>', junit('tests="3"')])('refuses a report without counts: %s', (xml) => {
    expect(() => countJUnit(xml)).toThrow()
  })
})

describe('sumCounts', () => {
  it('adds what each counted', () => {
    const counts = [
      { passed: 3, failed: 0, skipped: 1 },
      { passed: 10, failed: 2, skipped: 4 },
    ]
    expect(sumCounts(counts)).toEqual({ passed: 13, failed: 2, skipped: 5 })
    expect(sumCounts([])).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })
})
