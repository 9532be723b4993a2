import { once } from 'node:events'
import { openWorker } from '../src/app.ts'
import { toErrorReport } from '../src/core/errors.ts'
import { readConfig } from '../src/config.ts'

process.on('SIGINT', () => {}) // Ctrl-C reaches the whole terminal group; whoever started this process decides.

const orphaned = process.connected === false ? Promise.resolve() : once(process, 'disconnect')
const asked = Promise.race([orphaned, once(process, 'SIGTERM')])

/** To the log, and to whoever started this process. */
function report(error: unknown): void {
  const { message } = toErrorReport(error)
  process.stderr.write(`${message}\n`)
  if (process.connected) process.send?.({ trouble: message }, undefined, undefined, () => {})
}

async function start(): Promise<AsyncDisposable> {
  try {
    return await openWorker(readConfig(), report)
  } catch (error) {
    report(error)
    process.exit(1)
  }
}

const worker = await start()
await asked
await worker[Symbol.asyncDispose]()
process.exit(0)
