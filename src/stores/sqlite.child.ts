import { sampleResult, sampleWork } from './samples.case.ts'
import { openSqliteLedger } from './sqlite.ts'

// A process of its own for sqlite.test.ts: submits files and works on keys beside others in the same ledger.
const [file = '', name = '', rounds = '0'] = process.argv.slice(2)

const store = await openSqliteLedger(file)
await store.openBatch('shared')
let finished = 0
for (let round = 0; round < Number(rounds); round++) {
  const key = `key-${round}`
  await store.submit('shared', round, `${name}.png`, sampleWork(key))
  const lease = await store.lease(key)
  if (lease && (await store.finish(key, lease.token, 'accepted', sampleResult({ reason: name })))) finished++
}
await store.close()
process.stdout.write(String(finished))
