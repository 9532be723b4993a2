import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Option, type Command } from 'commander'
import { faults } from './faults/all.ts'
import { formatTrials, tryAll, type Trial } from './faults/campaign.ts'
import { openLab } from './faults/lab.ts'
import { publish, tell } from './machine.ts'
import { jsonOption, wholeNumber } from './options.ts'

interface FaultOptions {
  readonly only?: readonly string[]
  readonly seed: number
  readonly cli?: string
  readonly json?: string
}

interface Campaign {
  readonly seed: number
  readonly faults: readonly Trial[]
}

const sources = new URL('../src/cli/main.ts', import.meta.url)

async function run({ only, seed, cli }: FaultOptions): Promise<Campaign> {
  const lab = await openLab(cli === undefined ? sources : pathToFileURL(resolve(cli)), seed)
  const chosen = faults.filter(({ name }) => only?.includes(name) ?? true)
  const trials = await tryAll(chosen, lab, ({ name, verdict, seconds }) =>
    tell(`${name}: ${verdict}, ${seconds.toFixed(1)} s`),
  )
  if (trials.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1
  return { seed, faults: trials }
}

export function faultsCommand(program: Command): void {
  program
    .command('faults')
    .description(
      'what becomes of documents when things die, hang, fill up, are cut, damaged or away; Linux only',
    )
    .addOption(
      new Option('--only <name...>', 'these faults (default: all)').choices(faults.map(({ name }) => name)),
    )
    .option('--seed <n>', 'what is drawn at random is drawn by this', wholeNumber, 1)
    .option('--cli <file>', 'the command-line program to try, for example dist/src/cli/main.js')
    .addOption(jsonOption())
    .action((options: FaultOptions) =>
      publish(
        options.json,
        () => run(options),
        ({ faults: trials }) => formatTrials(trials),
      ),
    )
}
