import { openAll } from '../compute/open-all.ts'
import type { Config } from '../config.ts'
import type { Submitter } from '../service/submitting/submit.ts'
import { openQueue, openSender } from './queue.ts'
import { openWorkplace, type Records } from './records.ts'

export interface Jobs extends Records {
  readonly submitter: Submitter
  readonly warnings: readonly string[]
}

/** Records and the queue: what submitting needs. `pipeline` is that of `describe`, and part of every key. */
export const openJobs = (config: Config, pipeline: string): Promise<Jobs> =>
  openAll(async (use) => {
    const records = use(await openWorkplace(config))
    const { address, warnings } = use(await openQueue(config))
    // The worker, which gives out work too, tells what is wrong.
    const { wake } = use(await openSender(config, address, records, () => {}))
    const { ocr, vlm } = config
    const submitter = { ...records, wake, ocr, vlm: vlm.name, pipeline }
    return { ...records, warnings, submitter }
  })
