import type { Config } from '../config.ts'
import type { Callback } from '../core/callbacks.ts'
import { startRetention } from '../service/deletion/retention.ts'
import { sweepUploads } from '../service/deletion/sweep-uploads.ts'
import { sweep } from '../service/deletion/sweep.ts'
import { toToldBatch } from '../service/submitting/answers.ts'
import { runCallbacks } from '../service/webhooks/run-callbacks.ts'
import { repeatedly } from '../timing/repeat.ts'
import type { Report } from './queue.ts'
import type { Records } from './records.ts'

/** Between two looks for documents that are old enough to be deleted, and for what lies about. */
const choreMs = 3_600_000

/** What goes on beside the answering of requests: calling back, deleting what is old, and sweeping. */
export function openChores({ home, service }: Config, records: Records, onError: Report) {
  const { store } = records
  const tidy = () => Promise.all([sweep(records), sweepUploads(home)])
  const chores = [repeatedly(tidy, { everyMs: choreMs, onError })]
  if (service.webhooks) {
    const answerOf = ({ batch }: Callback) => toToldBatch(store, batch)
    chores.push(
      runCallbacks({ ...service.webhooks, store: store.callbacks, answerOf, onFailure: onError, onError }),
    )
  }
  if (service.keepDays !== null) {
    chores.push(startRetention(records, { keepDays: service.keepDays, everyMs: choreMs, onError }))
  }
  return chores
}
