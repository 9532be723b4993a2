import { z } from 'zod'

/** What is used of the report of vitest's JSON reporter. */
export const vitestReportSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
})
export type VitestReport = z.infer<typeof vitestReportSchema>

/** What is used of the element `testsuite` of JUnit's XML, as pytest writes it: its attributes. */
const suiteSchema = z.object({
  tests: z.coerce.number().int(),
  failures: z.coerce.number().int(),
  errors: z.coerce.number().int(),
  skipped: z.coerce.number().int(),
})

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const noTests: TestCounts = { passed: 0, failed: 0, skipped: 0 }

/** Counts tests; a file that failed without a failed test (it could not be loaded, a hook threw) counts as one failed. */
export function countTests({ testResults }: VitestReport): TestCounts {
  const statuses = testResults.flatMap((file) => {
    const tests = file.assertionResults.map((test) => test.status)
    return file.status === 'failed' && !tests.includes('failed') ? [...tests, 'failed'] : tests
  })
  const passed = statuses.filter((status) => status === 'passed').length
  const failed = statuses.filter((status) => status === 'failed').length
  return { passed, failed, skipped: statuses.length - passed - failed }
}

/** Counts the tests of a JUnit report; one that ended with an error (its set-up threw) counts as failed. */
export function countJUnit(xml: string): TestCounts {
  const [suite = ''] = /<testsuite\s[^>]*>/.exec(xml) ?? []
  const attributes = Array.from(suite.matchAll(/(\w+)="([^"]*)"/g), ([, name, value]) => [name, value])
  const { tests, failures, errors, skipped } = suiteSchema.parse(Object.fromEntries(attributes))
  const failed = failures + errors
  return { passed: tests - failed - skipped, failed, skipped }
}

/** The sums of several counts. */
export function sumCounts(counts: readonly TestCounts[]): TestCounts {
  const sum = (of: (count: TestCounts) => number): number =>
    counts.reduce((total, count) => total + of(count), 0)
  return { passed: sum((c) => c.passed), failed: sum((c) => c.failed), skipped: sum((c) => c.skipped) }
}
