import { setTimeout as delay } from 'node:timers/promises'
import type { Readiness } from '../../contract/common.ts'
import { toErrorReport } from '../../core/errors.ts'

/** Resolve when all is well; reject with what is wrong. */
export type Checks = Readonly<Record<keyof Readiness['checks'], () => Promise<void>>>

const patienceMs = 1_500

type Outcome = Readiness['checks'][keyof Readiness['checks']]

async function outcomeOf(check: () => Promise<void>): Promise<Outcome> {
  const late = delay(patienceMs, 'late' as const, { ref: false })
  try {
    const answer = await Promise.race([check(), late])
    return answer === 'late'
      ? { ok: false, message: 'There was no answer in time.' }
      : { ok: true, message: null }
  } catch (error) {
    const { code, message } = toErrorReport(error)
    return { ok: false, message: code === 'E_STORAGE' ? 'The data folder is away.' : message }
  }
}

/** Looks at everything that the service stands on, all at the same time; answers within two seconds. */
export async function readinessOf(checks: Checks): Promise<Readiness> {
  const [storage, queue, workers] = await Promise.all([
    outcomeOf(checks.storage),
    outcomeOf(checks.queue),
    outcomeOf(checks.workers),
  ])
  return { ready: storage.ok && queue.ok && workers.ok, checks: { storage, queue, workers } }
}
