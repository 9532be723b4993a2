import { createHash, randomUUID } from 'node:crypto'
import pMap from 'p-map'
import type { JobStore } from '../../core/job-store.ts'
import { requireSameRequest, type BatchDetails, type SubmittedBatch, type WorkFile } from '../../core/jobs.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import type { Description } from '../types/describe.ts'
import { ensureStored, workOf, type Submitter } from './submit.ts'
import { keepTemplates } from '../types/templates.ts'

/** A file that came in whole. */
export interface ReceivedFile {
  /** As it may be shown. */
  readonly name: string
  readonly sha256: string
  bytes(): Promise<Uint8Array>
}

/** Files that somebody wants read, as one batch. */
export interface Order extends Partial<Pick<BatchDetails, 'name' | 'reference' | 'metadata'>> {
  readonly tenant: string
  readonly type: string
  readonly route: Strategy
  readonly callback: string | null
  /** See `BatchDetails`. */
  readonly priority: number
  /** The same order under the same key is the same batch; null where each is new. */
  readonly idempotencyKey: string | null
  readonly files: readonly ReceivedFile[]
}

/** What `submitFiles` needs. */
export type OrderTaker = Omit<Submitter, 'wake'>

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

const batchIdOf = ({ tenant, idempotencyKey }: Order): string =>
  idempotencyKey === null ? randomUUID().replaceAll('-', '') : sha256([tenant, idempotencyKey]).slice(0, 32)

const requestOf = ({
  type,
  route,
  callback,
  idempotencyKey,
  files,
  name,
  reference,
  metadata,
}: Order): string | null =>
  idempotencyKey === null
    ? null
    : sha256([
        ...[type, route, callback, files.map((file) => [file.name, file.sha256])],
        // Where nothing is said, the request is what it was before anything could be.
        ...((name ?? reference ?? metadata) ? [{ name, reference, metadata }] : []),
      ])

/** What was answered to the same order before; null where it is new. */
async function answeredBefore(
  store: JobStore,
  id: string,
  request: string | null,
  count: number,
): Promise<SubmittedBatch | null> {
  const batch = request === null ? null : await store.batch(id)
  if (!batch) return null
  requireSameRequest(batch, request)
  const jobs = await store.list({ batchId: id, limit: count })
  return jobs.length < count ? null : { batch, jobs }
}

/** Files of an order that are kept at the same time. */
const atOnce = 4

/** The work of each file; their bytes, and the templates, are in the blobs then. */
async function keepAll(
  to: OrderTaker,
  { files, tenant, route }: Order,
  { type, templates: inForce }: Description,
): Promise<readonly WorkFile[]> {
  const templates = await keepTemplates(to.blobs, inForce)
  const keep = async ({ name, bytes }: ReceivedFile): Promise<WorkFile> => {
    const blob = await to.blobs.put(await bytes())
    return { file: name, work: workOf(to, { tenant, blob, type, route, templates, force: '' }) }
  }
  return pMap(files, keep, { concurrency: atOnce })
}

/** See `ensureStored`: the same for all of an order. */
async function keepAllStill(
  { blobs }: OrderTaker,
  kept: readonly WorkFile[],
  { files }: Order,
  { templates }: Description,
): Promise<void> {
  for (const [i, { work }] of kept.entries()) await ensureStored(blobs, work.blob, files[i]!.bytes)
  const sent = kept[0]?.work.templates
  if (sent && !(await blobs.has(sent))) await keepTemplates(blobs, templates)
}

/**
 * Puts an order into the ledger, so that nothing of it can be lost when this resolves; the queue is not told yet. The same
 * order under the same Idempotency-Key is answered again; another order under the same key rejects
 * with E_IDEMPOTENCY_CONFLICT.
 */
export async function submitFiles(
  to: OrderTaker,
  order: Order,
  description: Description,
): Promise<SubmittedBatch> {
  const { tenant, callback, priority, files, name = null, reference = null, metadata = null } = order
  const id = batchIdOf(order)
  const request = requestOf(order)
  const before = await answeredBefore(to.store, id, request, files.length)
  if (before) {
    // Whoever took it the first time may have been cut short before it did the same.
    for (const { sha256, bytes } of files) await ensureStored(to.blobs, sha256, bytes)
    return before
  }
  const kept = await keepAll(to, order, description)
  const submitted = await to.store.submitAll(
    id,
    { tenant, callback, request, priority, name, reference, metadata },
    kept,
  )
  await keepAllStill(to, kept, order, description)
  return submitted
}
