import { sampleWork } from './samples.case.ts'
import { openSqliteLedger } from './sqlite.ts'

// A process for sqlite.test.ts that is killed: submits without end, and says of each batch when it was recorded.
const [ledgerFile = ''] = process.argv.slice(2)

const store = await openSqliteLedger(ledgerFile)

async function submitOn(name: string): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `${name}-${n}`
    const files = [0, 1, 2].map((place) => ({ file: 'a.png', work: sampleWork(`${id}-${place}`) }))
    await store.submitAll(id, {}, files)
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, (_, n) => submitOn(String(n))))
