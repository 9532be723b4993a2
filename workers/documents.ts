import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { openWorker } from '../src/app/worker.ts'
import { toErrorReport } from '../src/core/errors.ts'
import { readConfig } from '../src/config.ts'
import { nowAndThen } from '../src/timing/now-and-then.ts'

process.on('SIGINT', () => {}) // Ctrl-C reaches the whole terminal group; whoever started this process decides.

process.stdout.on('error', () => {}) // Both go to a log, on a disk that may be full.
process.stderr.on('error', () => {})

/** What an orphan may take to give back its work, in milliseconds. */
const orphanMs = 2_000

const orphaned = new AbortController()

function becomeOrphan(): void {
  orphaned.abort()
  setTimeout(() => process.exit(1), orphanMs)
}

if (process.connected === false) becomeOrphan()
else process.once('disconnect', becomeOrphan)

const asked = Promise.race([once(orphaned.signal, 'abort'), once(process, 'SIGTERM')])

const sentenceOf = (trouble: unknown): string =>
  typeof trouble === 'string' ? trouble : toErrorReport(trouble).message

/** A stream would be closed for good by one write that a full disk refuses. */
function log(sentence: string): void {
  try {
    writeSync(process.stderr.fd, `${sentence}\n`)
  } catch {
    // Whoever started this process is told all the same.
  }
}

/** To the log, and to whoever started this process; resolves when they have it. */
const send = (message: { readonly trouble: string } | { readonly fatal: string }): Promise<void> =>
  new Promise((resolve) => {
    log(Object.values(message).join())
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve())
    else resolve()
  })

const complain = nowAndThen((trouble) => void send({ trouble }))

async function die(error: unknown): Promise<never> {
  await send({ fatal: sentenceOf(error) })
  process.exit(1)
}

process.once('uncaughtException', (error) => void die(error))

const worker = await openWorker(
  readConfig(),
  (trouble) => complain(sentenceOf(trouble)),
  orphaned.signal,
  (end) => void (process.connected && process.send?.({ end })),
).catch(die)
if (!orphaned.signal.aborted) await asked
await worker[Symbol.asyncDispose]()
process.exit(0)
