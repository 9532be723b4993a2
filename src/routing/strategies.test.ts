import { expect, test } from 'vitest'
import type { ErrorCode, ErrorReport } from '../core/errors.ts'
import type { ExtractionPath } from '../core/extraction.ts'
import type { Attempt, Case, Consensus } from '../core/judging.ts'
import { strategyPlans } from './strategies.ts'
import { acceptingUncalibrated } from './accepting-uncalibrated.ts'
import { uncalibrated } from './uncalibrated.ts'

const error: ErrorReport = { code: 'E_ENGINE', message: 'No.', retryable: false }
const broken = (path: ExtractionPath, code: ErrorCode = 'E_ENGINE'): Attempt => ({
  path,
  ok: false,
  error: { ...error, code },
  ms: 1,
})

const read = (path: ExtractionPath): Attempt => ({
  path,
  ok: true,
  extraction: {
    documentType: 'bill',
    path,
    data: {},
    fields: {},
    violations: [],
    producedBy: {},
    words: [],
    crossCheck: null,
    sharpness: 0,
    ms: 1,
  },
  score: { value: 1, fields: {}, flags: [] },
})

const consensus = (...codes: string[]): Consensus => {
  const objections = codes.map((code) => ({ code, field: null, message: '' }))
  const minor = { code: 'MINOR', field: '/items/0/description', message: '' } as const
  return { data: {}, fields: {}, flags: [...objections, minor], objections, score: 1, reviewPriority: 0 }
}

const known = (attempts: Case['attempts'], all: Consensus | null): Case => ({ attempts, consensus: all })

const unmeasured: Consensus = {
  ...consensus(),
  flags: [uncalibrated('receipt')],
  objections: [uncalibrated('receipt')],
}

test.each<[keyof typeof strategyPlans, string, Case, string, string]>([
  ['modular', 'nothing is flagged', known([read('modular')], consensus()), 'accept', 'modular accepted'],
  ['modular', 'things are flagged', known([read('modular')], consensus('A', 'B', 'A')), 'review', 'modular flagged: A, B'],
  ['direct', 'it could not be read', known([broken('direct')], null), 'fail', 'the direct path could not read the document'],
  ['both', 'nothing is flagged', known([read('direct'), read('modular')], consensus()), 'accept', 'both paths together are sure'],
  ['both', 'something is flagged', known([read('direct'), read('modular')], consensus('A')), 'review', 'flagged: A'],
  ['both', 'one path failed', known([broken('direct'), read('modular')], consensus()), 'review', 'only the modular path could read the document'],
  ['both', 'both failed', known([broken('direct'), broken('modular')], null), 'fail', 'no path could read the document'],
  ['auto', 'direct is sure', known([read('direct')], consensus()), 'accept', 'direct accepted'],
  ['auto', 'nobody has measured it', known([read('direct')], unmeasured), 'reprocess', 'nobody has measured the direct path on such documents'],
  ['auto', 'nobody has measured both', known([read('direct'), read('modular')], unmeasured), 'review', 'flagged: UNCALIBRATED'],
  ['modular', 'nobody has measured it', known([read('modular')], unmeasured), 'review', 'modular flagged: UNCALIBRATED'],
  ['auto', 'direct is flagged', known([read('direct')], consensus('A')), 'reprocess', 'direct flagged: A'],
  ['auto', 'direct failed', known([broken('direct')], null), 'reprocess', 'the direct path could not read the document'],
  ['auto', 'no path can read it', known([broken('direct', 'E_CORRUPT')], null), 'fail', 'No.'],
  ['auto', 'it was reprocessed and all is well', known([read('direct'), read('modular')], consensus()), 'accept', 'both paths together are sure'],
  ['auto', 'it was reprocessed and still is flagged', known([read('direct'), read('modular')], consensus('A')), 'review', 'flagged: A'],
  ['auto', 'only reprocessing could read it', known([broken('direct'), read('modular')], consensus()), 'review', 'only the modular path could read the document'],
  ['auto', 'the file holds the data', known([read('embedded')], consensus()), 'accept', 'the data that the file holds was taken'],
  ['both', 'the file holds the data', known([read('embedded')], consensus()), 'accept', 'the data that the file holds was taken'],
  ['modular', 'the file holds data that is flagged', known([read('embedded')], consensus('A')), 'review', 'the data that the file holds is flagged: A'],
  ['auto', 'the file holds data that is flagged', known([read('embedded')], consensus('A')), 'review', 'the data that the file holds is flagged: A'],
  ['auto', 'nothing could read it', known([broken('direct'), broken('modular')], null), 'fail', 'no path could read the document'],
])('%s, where %s', (route, _, one, action, reason) => {
  expect(strategyPlans[route].decide(one)).toEqual({ action, reason })
}) // prettier-ignore

test.each<[keyof typeof strategyPlans, Case]>([
  ['both', known([read('direct'), read('modular')], unmeasured)],
  ['auto', known([read('direct'), read('modular')], unmeasured)],
  ['modular', known([read('modular')], unmeasured)],
])('%s accepts what nobody has measured where it is told to, and nothing else', (route, one) => {
  const { decide } = acceptingUncalibrated(strategyPlans)[route]
  expect(decide(one).action).toBe('accept')
  const flagged = { ...unmeasured, objections: [...unmeasured.objections, ...consensus('A').objections] }
  expect(decide({ ...one, consensus: flagged }).action).toBe('review')
})

test('a flag says whether nobody has measured anything, or other revisions', () => {
  expect(uncalibrated('bill').message).toMatch(/^Nobody has measured .*"bill".*parallax calibrate/)
  expect(uncalibrated('bill', ['pp-ocr']).message).toMatch(/fitted for other revisions of pp-ocr\./)
})
