import { createClient } from '../src/client/client.ts'
import type { Config } from '../src/config.ts'
import { tell } from './machine.ts'
import { inTemporaryHome } from './parallax-process.ts'
import { fillLedger, type Filled } from './service-ledger.ts'
import { startService } from './service-process.ts'
import { median } from './statistics.ts'

/** Median milliseconds of a request, by the jobs that the ledger has. */
export interface Lookup {
  readonly path: string
  readonly fewMs: number
  readonly manyMs: number
}

export interface Lookups {
  readonly few: number
  readonly many: number
  readonly lookups: readonly Lookup[]
}

type Ask = (i: number) => Promise<unknown>

/** Somewhere in a list, another place each time. */
const pick = (list: readonly string[], i: number): string => list[(i * 7919) % list.length]!

function asksOf(url: string, { batches, jobs }: Filled): Readonly<Record<string, Ask>> {
  const { get } = createClient({ url })
  return {
    'GET /v1/jobs (100)': () => get('/v1/jobs'),
    'GET /v1/jobs?after=… (100)': (i) => get('/v1/jobs', { params: { query: { after: pick(jobs, i) } } }),
    'GET /v1/batches (10)': () => get('/v1/batches', { params: { query: { limit: 10 } } }),
    'GET /v1/batches/:id': (i) => get('/v1/batches/{id}', { params: { path: { id: pick(batches, i) } } }),
    'GET /v1/jobs/:id': (i) => get('/v1/jobs/{id}', { params: { path: { id: pick(jobs, i) } } }),
  }
}

async function timed(ask: Ask, i: number): Promise<number> {
  const started = performance.now()
  await ask(i)
  return performance.now() - started
}

/** Asks both services in turn, so that whatever else the machine does slows both. */
async function compare(path: string, few: Ask, many: Ask, times: number): Promise<Lookup> {
  const taken: { few: number; many: number }[] = []
  for (let i = -10; i < times; i++) {
    const turn = { few: await timed(few, i + 10), many: await timed(many, i + 10) }
    if (i >= 0) taken.push(turn)
  }
  return { path, fewMs: median(taken.map((t) => t.few)), manyMs: median(taken.map((t) => t.many)) }
}

/** What looking things up costs in a small and in a large ledger. */
export async function measureLookups(
  config: Config,
  { few, many, times, cli }: { few: number; many: number; times: number; cli: URL | undefined },
): Promise<Lookups> {
  return inTemporaryHome(config, (small) =>
    inTemporaryHome(config, async (large) => {
      const filled = { few: await fillLedger(small, few), many: await fillLedger(large, many) }
      tell(`ledgers with ${few} and ${many} jobs are there`)
      await using smallService = await startService(small, cli)
      await using largeService = await startService(large, cli)
      const inSmall = asksOf(smallService.url, filled.few)
      const inLarge = asksOf(largeService.url, filled.many)
      const lookups: Lookup[] = []
      for (const path of Object.keys(inSmall))
        lookups.push(await compare(path, inSmall[path]!, inLarge[path]!, times))
      return { few, many, lookups }
    }),
  )
}
