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

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

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
