import { text } from 'node:stream/consumers'
import { sampleResult } from '../stores/samples.case.ts'
import { openSqliteLedger } from '../stores/sqlite.ts'
import { createWorker } from './bullmq.ts'

// A worker of its own for delivery.test.ts: leases each key, prints it, works for a while, and prints whether its result counted.
const [ledger = '', socket = '', name = '', workMs = '0'] = process.argv.slice(2)

const store = await openSqliteLedger(ledger)
const worker = createWorker({ socket }, 'extract', extract, { concurrency: 4, onError: () => {} })
process.stdout.write('ready\n')
await text(process.stdin)
await worker.close()
await store.close()
// As every worker process of Parallax ends: what a Redis that was killed left half open does not count.
process.exit(0)

async function extract({ key }: { key: string }): Promise<void> {
  const lease = await store.lease(key)
  if (!lease) return
  process.stdout.write(`leased ${key}\n`)
  await new Promise((resolve) => setTimeout(resolve, Number(workMs)))
  const stored = await store.finish(key, lease.token, 'accepted', sampleResult({ reason: name }))
  process.stdout.write(`${stored ? 'stored' : 'refused'} ${key}\n`)
}
