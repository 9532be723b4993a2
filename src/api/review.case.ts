import { readFile } from 'node:fs/promises'
import type { Job, JobStatus, StoredResult } from '../core/jobs.ts'
import { localTenant } from '../core/jobs.ts'
import { loadType } from '../document-types/load.ts'
import { sampleResult, sampleWork } from '../stores/samples.case.ts'
import { samplePage } from './service.case.ts'
import type { Service } from './service.ts'

const { ref: type } = await loadType('receipt', '/')

const item = { description: 'Taxi', quantity: 1, unitPrice: 9, amount: 9 }

/** The data of a receipt as its type has it; give what a test cares about. */
export const receipt = (changes: object = {}) => ({
  merchant: { name: 'CityCab', address: null, phone: null },
  date: '2018-03-02',
  time: null,
  currency: 'SGD',
  items: [item],
  subtotal: null,
  discount: null,
  serviceCharge: null,
  taxes: null,
  tax: null,
  rounding: null,
  tip: null,
  total: 9,
  ...changes,
})

export interface Seed {
  readonly tenant?: string
  readonly batch?: string
  readonly position?: number
  readonly status?: JobStatus
  readonly result?: Partial<StoredResult>
  readonly file?: string
  readonly urgency?: number
  /** What was submitted; a sample by default. */
  readonly bytes?: Uint8Array
}

/** A document that was read, as the ledger of a service has it. */
export async function seed({ store, blobs }: Service, options: Seed = {}): Promise<Job> {
  const { tenant = localTenant, batch = `batch-of-${tenant}`, position = 0, urgency = 1 } = options
  const { status = 'needs_review', file = 'taxi.jpg', result = {} } = options
  const key = `${tenant}/${batch}/${position}`
  await store.openBatch(batch, { tenant })
  const blob = await blobs.put(options.bytes ?? (await readFile(samplePage('sg-taxi-scan-08'))))
  const job = await store.submit(batch, position, file, sampleWork(key, { type, blob }))
  const lease = (await store.lease(key))!
  const flags = [{ code: 'E_LOW_CONFIDENCE', field: '/total' as const, message: 'It is uncertain.' }]
  const made = sampleResult({ data: receipt(), flags, verdict: 'needs_review', ...result })
  await store.finish(key, lease.token, status, made, urgency)
  return (await store.get(job.id))!
}
