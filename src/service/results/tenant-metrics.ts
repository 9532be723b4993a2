import type { JobStore } from '../../core/job-store.ts'
import { unfinished, type Job } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { risksOf, type GroupRisk } from '../../trust/risk.ts'
import { collectDurations, type Durations } from './durations.ts'
import { prometheusText } from './prometheus.ts'
import { collectReviewed, type Reviewed } from './reviewed.ts'
import { damagedResult, damageOf, namedResult } from './result-of-job.ts'

/** Results that are in memory at the same time. */
const atOnce = 200

/** Figures are counted anew no more often than every so many milliseconds. */
const freshMs = 10_000

/** As it was read, before any correction; a failed one where it is damaged. */
async function readResult(store: JobStore, job: Job): Promise<ExtractionResult | null> {
  try {
    const result = await store.result(job.key)
    return result && namedResult(job.file, result)
  } catch (error) {
    return damagedResult(store, job, damageOf(error))
  }
}

/**
 * The figures of a tenant's documents as they were read, part by part; parts of one group are to be added up. How long each took goes
 * to `durations`, and what people settled to `reviewed`.
 */
async function risksOfTenant(
  store: JobStore,
  tenant: string,
  durations: Durations,
  reviewed: Reviewed,
): Promise<readonly GroupRisk[]> {
  const risks: GroupRisk[] = []
  for (let after: string | undefined; ;) {
    const jobs = await store.list({ tenant, limit: atOnce, ...(after === undefined ? {} : { after }) })
    const storedAt = await store.storedAt(jobs.map(({ key }) => key))
    const results: ExtractionResult[] = []
    for (const job of jobs) {
      const result = unfinished.includes(job.status) ? null : await readResult(store, job)
      if (!result) continue
      results.push(result)
      durations.add(job, result, storedAt.get(job.key) ?? '')
      reviewed.add(job, result)
    }
    risks.push(...risksOf(results))
    after = jobs.at(-1)?.id
    if (after === undefined) return risks
    await new Promise((resolve) => setImmediate(resolve)) // Others are served in between.
  }
}

/** Makes what answers the metrics of a tenant in the text format of Prometheus: counted now, or a moment ago. */
export function tenantMetrics(store: JobStore): (tenant: string) => Promise<string> {
  const known = new Map<string, { readonly text: Promise<string>; at: number }>()
  async function count(tenant: string): Promise<string> {
    const [durations, reviewed] = [collectDurations(), collectReviewed()]
    const risks = await risksOfTenant(store, tenant, durations, reviewed)
    const text = await prometheusText(risks, await store.counts({ tenant }))
    const parts = [text, await reviewed.text(), await durations.text(await store.oldestQueued(tenant))]
    return parts.map((part) => `${part.trimEnd()}\n`).join('')
  }
  return (tenant) => {
    const before = known.get(tenant)
    if (before && Date.now() - before.at < freshMs) return before.text
    const text = count(tenant)
    const entry = { text, at: Date.now() }
    known.set(tenant, entry)
    text.then(
      () => (entry.at = Date.now()),
      () => known.delete(tenant),
    )
    return text
  }
}
