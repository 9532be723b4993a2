import { createPool, type Pool } from '../compute/pool.ts'
import type { Config } from '../config.ts'
import { acceptingUncalibrated } from '../routing/accepting-uncalibrated.ts'
import { strategyPlans } from '../routing/strategies.ts'
import type { Reader } from '../service/reading/read-document.ts'
import { entryOf } from './package.ts'

export interface Extraction extends AsyncDisposable {
  readonly pool: Pool
  readonly reader: Reader
}

/** Reading in this process's own children: no queue, no data folder. */
export function openExtraction(config: Config): Extraction {
  const pool = createPool({
    entry: entryOf('extraction-child'),
    size: config.concurrency,
    deadlineMs: config.pageMs,
    memoryLimitMb: config.memoryMb,
    env: config.childEnv,
  })
  const { ocr, vlm, accept, pageMs, documentMs } = config
  const plans = accept === 'uncalibrated' ? acceptingUncalibrated(strategyPlans) : strategyPlans
  const run: Reader['run'] = (task, payload, options) => pool.run(task, payload, options)
  return {
    pool,
    reader: { run, plans, ocr, vlm, accept, pageMs, documentMs, split: config.split },
    [Symbol.asyncDispose]: () => pool.close(),
  }
}
