import { writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { version } from '../src/app/package.ts'

/** Load averages over 1, 5 and 15 minutes: figures taken beside other work say little. */
const load = (): readonly number[] => loadavg().map((value) => Math.round(value * 100) / 100)

const describeMachine = () => ({
  parallax: version,
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 2 ** 20),
  at: new Date().toISOString(),
})

/** Runs a benchmark, prints its text, says on which machine that was, and writes the figures where `json` names a file. */
export async function publish<T>(
  json: string | undefined,
  measure: () => Promise<T>,
  format: (result: T) => string,
): Promise<void> {
  const before = load()
  const result = await measure()
  const machine = { ...describeMachine(), load: { before, after: load() } }
  const { cpu, cores, node } = machine
  const conditions = `${cpu}, ${cores} cores, Node ${node}, load ${before[0]} before, ${machine.load.after[0]} after`
  process.stdout.write(`${format(result)}\n${conditions}\n`)
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ machine, ...result }, null, 2)}\n`)
}

/** A line for whoever waits. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`)
