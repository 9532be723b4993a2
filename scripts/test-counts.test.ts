import { describe, expect, it } from 'vitest'
import { countTests } from './test-counts.ts'

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
