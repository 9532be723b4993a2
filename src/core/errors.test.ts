import { expect, test } from 'vitest'
import { errorReportSchema, errorRules, fromErrorReport, ParallaxError, toErrorReport } from './errors.ts'

test.each([
  ['E_CORRUPT', 'fail', false],
  ['E_NO_TEXT', 'review', false],
  ['E_TIMEOUT', 'reprocess', false],
  ['E_STORAGE', 'retry', true],
] as const)('%s is for %s', (code, remedy, retryable) => {
  const error = new ParallaxError(code, 'A sentence.')
  expect(error.remedy).toBe(remedy)
  expect(error.toReport()).toEqual({ code, message: 'A sentence.', retryable })
})

test('survives the way through data', () => {
  const error = new ParallaxError('E_BUSY', 'Too much at once.')
  const report = errorReportSchema.parse(JSON.parse(JSON.stringify(toErrorReport(error))))
  expect(fromErrorReport(report)).toMatchObject({ code: 'E_BUSY', message: 'Too much at once.' })
})

test.each([
  [new TypeError('x is not a function'), 'Unexpected error: x is not a function'],
  ['a string', 'Unexpected error: a string'],
  [undefined, 'Unexpected error: undefined'],
])('reports what was not thrown on purpose: %s', (thrown, message) => {
  expect(toErrorReport(thrown)).toEqual({ code: 'E_INTERNAL', message, retryable: false })
})

test('every code has a status of an HTTP error', () => {
  for (const { status } of Object.values(errorRules)) expect(status).toBeGreaterThanOrEqual(400)
})
