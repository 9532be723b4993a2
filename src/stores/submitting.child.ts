import { sampleWork } from './samples.case.ts'
import { openLedger } from './open-ledger.ts'

// A process for sharing.case.ts that is killed: submits without end, and says of each batch when it was recorded.
const [url = ''] = process.argv.slice(2)

const { store } = await openLedger(url, '/')

async function submitOn(name: string): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `${name}-${n}`
    const files = [0, 1, 2].map((place) => ({ file: 'a.png', work: sampleWork(`${id}-${place}`) }))
    await store.submitAll(id, {}, files)
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, (_, n) => submitOn(String(n))))
