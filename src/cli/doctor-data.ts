import { openRecords } from '../app/records.ts'
import { readConfig } from '../config.ts'
import { inspect, strangers, type Finding } from '../service/deletion/inspect.ts'
import { pc } from './colors.ts'
import { printable } from './text.ts'

export interface DataOptions {
  readonly repair?: boolean
  readonly deep?: boolean
}

/** Named in a line; the count says how many there are. */
const shown = 5

function listOf(names: readonly string[]): string {
  const first = names.slice(0, shown).map(printable).join(', ')
  return names.length > shown ? `${first} and ${names.length - shown} more` : first
}

const line = (mark: string, what: string, text: string): string => `${mark} ${what.padEnd(34)}${text}\n`

/** Prints what was found, and what became of it; answers how many are left. */
async function tell({ what, names, help, mend }: Finding, isRepaired: boolean): Promise<number> {
  if (names.length === 0) {
    process.stdout.write(line(pc.green('✓'), what, 'none'))
    return 0
  }
  const left = isRepaired ? await mend() : names
  const mended = names.length - left.length
  if (mended > 0) process.stdout.write(line(pc.green('✓'), what, `${mended} mended`))
  if (left.length === 0) return 0
  process.stdout.write(line(pc.red('✗'), what, `${left.length}: ${listOf(left)}`))
  if (isRepaired && help !== '') process.stdout.write(`  ${help}\n`)
  return left.length
}

/** Looks for what is left behind, missing or damaged in the data folder; what is left of that sets the exit code. */
export async function doctorData({ repair = false, deep = false }: DataOptions): Promise<void> {
  const { home, ...config } = readConfig()
  await using records = await openRecords({ home, ...config })
  let left = 0
  for await (const finding of inspect({ ...records, home, deep })) left += await tell(finding, repair)
  const foreign = await strangers(records)
  if (foreign.length > 0)
    process.stdout.write(line(pc.yellow('–'), 'strange files, left alone', listOf(foreign)))
  const mend = repair
    ? 'They cannot be mended from here.'
    : 'Mend what can be: parallax doctor --data --repair'
  process.stdout.write(left === 0 ? 'The data folder is in order.\n' : `${mend}\n`)
  if (left > 0) process.exitCode = 1
}
