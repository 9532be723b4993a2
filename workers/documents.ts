import { openWorker } from '../src/app.ts'
import { toErrorReport } from '../src/core/errors.ts'
import { readConfig } from '../src/config.ts'

const worker = await openWorker(readConfig(), (error) =>
  process.stderr.write(`${toErrorReport(error).message}\n`),
)

async function stop(): Promise<void> {
  await worker[Symbol.asyncDispose]()
  process.exit(0)
}

process.once('SIGTERM', () => void stop())
process.once('SIGINT', () => {}) // Ctrl-C reaches the whole terminal group; whoever started this process decides.
process.once('disconnect', () => void stop())
process.send?.('ready')
