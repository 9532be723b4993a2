import type { Command } from 'commander'
import { samples, spread, sroie, wildReceipt, type LabelledSet } from './labelled.ts'
import { publish } from './machine.ts'
import { concurrencyOption, configWith, dataOption, jsonOption, wholeNumber } from './options.ts'
import { trustFigures, type Share, type TrustFigures } from './trust-figures.ts'
import { readForTrust } from './trust-readings.ts'
import { fixed, formatTable } from './table.ts'

interface TrustOptions {
  readonly data?: string
  readonly limit?: number
  readonly concurrency?: number
  readonly json?: string
}

interface Trust {
  readonly sets: readonly (TrustFigures & { readonly set: string })[]
}

async function setsFor(data: string | undefined): Promise<readonly LabelledSet[]> {
  return data === undefined ? [await samples()] : [await sroie(data, 'dev'), await wildReceipt(data)]
}

async function measure(options: TrustOptions): Promise<Trust> {
  const config = configWith(options)
  const sets: Trust['sets'][number][] = []
  for (const set of await setsFor(options.data ?? config.benchData)) {
    const documents = spread(set.documents, options.limit ?? Infinity)
    const readings = await readForTrust(config, { ...set, documents })
    sets.push({ set: set.name, ...trustFigures(readings) })
  }
  return { sets }
}

const percent = ({ part, whole }: Share): string =>
  `${whole === 0 ? '–' : ((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`

const withInterval = (value: number | null, interval: readonly [number, number] | null): string =>
  `${fixed(value)}${interval ? ` (${fixed(interval[0])} to ${fixed(interval[1])})` : ''}`

function lines(f: TrustFigures): readonly (readonly [string, string])[] {
  const { judged, scores, constant, perfect } = f.calibration
  return [
    ...Object.entries(f.f1).map(
      ([route, { f1, interval }]) => [`F1, ${route}`, withInterval(f1, interval)] as const,
    ),
    [`F1, both less ${f.gain.against}`, withInterval(f.gain.f1, f.gain.interval)],
    [
      'wrong among the surest 80 %',
      `${percent(f.surest.judged)}, at most ${(100 * f.surest.atMost).toFixed(1)} %`,
    ],
    ['  by the modular path’s own scores', percent(f.surest.scores)],
    [
      'Brier: judged, own scores, constant',
      `${fixed(judged.brier)}, ${fixed(scores.brier)}, ${fixed(constant)}`,
    ],
    ['ECE: judged, own scores, perfect', `${fixed(judged.error)}, ${fixed(scores.error)}, ${fixed(perfect)}`],
    ['wrong values flagged', percent(f.flagged.wrong)],
    ['right values flagged', percent(f.flagged.right)],
    ['auto: accepted', percent(f.verdicts.accepted)],
    ['  wrong values among them', percent(f.verdicts.acceptedWrong)],
    ['  second path needed', percent(f.verdicts.reprocessed)],
    ['  time ÷ plain Tesseract', fixed(f.cost, 2)],
  ]
}

const format = ({ sets }: Trust): string =>
  sets.map((f) => `${formatTable([`${f.set}, ${f.documents} documents`, ''], lines(f))}\n`).join('\n')

export function trustCommand(program: Command): void {
  program
    .command('trust')
    .description('how far confidences, flags and the second path can be trusted, and what that costs')
    .addOption(dataOption())
    .option('--limit <n>', 'at most so many documents of each set', wholeNumber)
    .addOption(concurrencyOption())
    .addOption(jsonOption())
    .action((options: TrustOptions) => publish(options.json, () => measure(options), format))
}
