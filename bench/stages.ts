import type { Document, OcrPage } from '../src/core/document.ts'
import { createPool } from '../src/compute/pool.ts'
import type { Config } from '../src/config.ts'

/** A result and the milliseconds that it took inside the child. */
export interface Timed<T> {
  readonly ms: number
  readonly output: T
}

export interface OcrRequest {
  readonly document: Document
  readonly engine: string
}

export interface FillRequest {
  readonly document: Document
  readonly pages: readonly OcrPage[]
}

/** A warm process for one stage. */
export interface StageProcess extends AsyncDisposable {
  readonly pid: number
  imaging(bytes: Uint8Array): Promise<Timed<Document>>
  ocr(request: OcrRequest): Promise<Timed<readonly OcrPage[]>>
  direct(document: Document): Promise<Timed<unknown>>
  fill(request: FillRequest): Promise<Timed<unknown>>
}

export async function startStage(config: Config): Promise<StageProcess> {
  const pool = createPool({
    entry: new URL('stage-process.ts', import.meta.url),
    size: 1,
    deadlineMs: config.pageMs * 10,
    memoryLimitMb: config.memoryMb,
    env: config.childEnv,
    recycleAfterTasks: Infinity,
    recycleAboveMb: Infinity,
  })
  const run = <T>(task: string, payload: unknown): Promise<T> => pool.run(task, payload) as Promise<T>
  return {
    pid: await run<number>('pid', null),
    imaging: (bytes) => run('imaging', bytes),
    ocr: (request) => run('ocr', request),
    direct: (document) => run('direct', document),
    fill: (request) => run('fill', request),
    [Symbol.asyncDispose]: () => pool.close(),
  }
}
