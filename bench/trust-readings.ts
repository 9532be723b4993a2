import { readFile } from 'node:fs/promises'
import pMap from 'p-map'
import type { Config } from '../src/config.ts'
import { openExtraction, type Extraction } from '../src/app/extraction.ts'
import type { TypeRef } from '../src/core/jobs.ts'
import type { Attempt } from '../src/core/judging.ts'
import type { Strategy, ExtractionResult } from '../src/core/extraction-result.ts'
import { describe } from '../src/service/types/describe.ts'
import { attemptPath, judgeAttempts, resultOf } from '../src/service/reading/read-document.ts'
import { namedResult } from '../src/service/results/result-of-job.ts'
import type { LabelledSet } from './labelled.ts'
import type { Truth } from '../src/scoring/metrics/truth.ts'
import { tell } from './machine.ts'
import { plainTesseract } from './peers/plain-tesseract.ts'

/** One document, read once by each path and judged as every route would. */
export interface TrustReading {
  readonly truth: Truth
  readonly rows: Readonly<Record<Strategy, ExtractionResult>>
  /** The modular path's rows with its scores as they were before any calibration. */
  readonly raw: ExtractionResult
  /** Milliseconds that `auto` took, and plain Tesseract. */
  readonly autoMs: number
  readonly peerMs: number
}

/** The row with the path's own scores for confidences. */
function withScores(result: ExtractionResult, attempt: Attempt | undefined): ExtractionResult {
  if (!attempt?.ok) return result
  const fields = Object.entries(result.fields).map(([pointer, field]) => {
    const confidence = attempt.score.fields[pointer as keyof ExtractionResult['fields']] ?? 0
    return [pointer, { ...field, confidence }] as const
  })
  return { ...result, fields: Object.fromEntries(fields) }
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now()
  const done = await work()
  return [done, performance.now() - started]
}

async function readOne(
  { reader }: Extraction,
  config: Config,
  type: TypeRef,
  { file, truth }: LabelledSet['documents'][number],
): Promise<TrustReading> {
  const bytes = await readFile(file)
  const [direct, directMs] = await timed(() => attemptPath(reader, bytes, type, 'auto', 'direct'))
  const [modular, modularMs] = await timed(() => attemptPath(reader, bytes, type, 'auto', 'modular'))
  const rowBy = async (route: Strategy, attempts: readonly Attempt[]): Promise<ExtractionResult> => {
    const stage = await judgeAttempts(reader, type, route, attempts)
    return namedResult(file, resultOf(type, route, stage))
  }
  const first = await judgeAttempts(reader, type, 'auto', [direct])
  const isReprocessed = first.verdict.action === 'reprocess'
  const rows = {
    direct: await rowBy('direct', [direct]),
    modular: await rowBy('modular', [modular]),
    both: await rowBy('both', [direct, modular]),
    auto: await rowBy('auto', isReprocessed ? [direct, modular] : [direct]),
  }
  const [, peerMs] = await timed(() => plainTesseract(file, config.childEnv).text)
  const autoMs = directMs + (isReprocessed ? modularMs : 0)
  return { truth, rows, raw: withScores(rows.modular, modular), autoMs, peerMs }
}

/** Reads a set by both paths, one document after another in each child. */
export async function readForTrust(config: Config, set: LabelledSet): Promise<readonly TrustReading[]> {
  await using extraction = openExtraction(config)
  const { ocr, vlm } = config
  const { run } = extraction.reader
  const { type } = await describe(run, { spec: 'receipt', cwd: process.cwd(), route: 'auto', ocr, vlm })
  const readings = await pMap(set.documents, (d) => readOne(extraction, config, type, d), {
    concurrency: config.concurrency,
  })
  tell(`${set.name}: ${readings.length} documents read by both paths`)
  return readings
}
