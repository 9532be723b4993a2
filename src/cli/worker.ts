import { once } from 'node:events'
import type { Command } from 'commander'
import { checkWorkplace } from '../app/worker.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, countUpTo, type ReadOptions } from './options.ts'
import { persevering } from './restart-policy.ts'
import { printable } from './text.ts'
import { startWorkerProcess } from './worker-process.ts'

const tell = (trouble: string): void => void process.stderr.write(`${printable(trouble)}\n`)

async function worker(options: Pick<ReadOptions, 'concurrency'>): Promise<void> {
  const config = configFor(options)
  using interrupt = onInterrupt('Stopping.')
  await checkWorkplace(config, (warning) => tell(String(warning)))
  await using _ = startWorkerProcess(config, persevering, tell)
  process.stderr.write(`A worker reads what is submitted to ${config.home}. Ctrl-C stops it.\n`)
  if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort')
}

export function workerCommand(program: Command): void {
  program
    .command('worker')
    .description('read what is submitted to the data folder, beside a running service or without one')
    .option('-j, --concurrency <n>', 'documents at the same time (default: one a core)', countUpTo(256))
    .action(worker)
}
