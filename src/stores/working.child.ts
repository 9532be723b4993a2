import { sampleResult, sampleWork } from './samples.case.ts'
import { ParallaxError } from '../core/errors.ts'
import { openLedger } from './open-ledger.ts'

// A process of its own for sharing.case.ts: submits files and works on keys beside others in the same ledger.
const [url = '', name = '', rounds = '0'] = process.argv.slice(2)

/** As every caller does: a ledger that others keep busy for too long has done nothing, and may be asked again. */
async function persistently<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ParallaxError && error.code === 'E_STORAGE') return persistently(ask)
    throw error
  }
}

const { store } = await persistently(() => openLedger(url, '/'))
await persistently(() => store.openBatch('shared'))
let finished = 0
for (let round = 0; round < Number(rounds); round++) {
  const key = `key-${round}`
  await persistently(() => store.submit('shared', round, `${name}.png`, sampleWork(key)))
  const lease = await persistently(() => store.lease(key))
  if (lease === null) continue
  const result = sampleResult({ reason: name })
  if (await persistently(() => store.finish(key, lease.token, 'accepted', result))) finished++
}
await store.close()
process.stdout.write(String(finished))
