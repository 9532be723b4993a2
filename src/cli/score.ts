import type { Command } from 'commander'
import { formatReport } from '../scoring/metrics/format.ts'
import type { TruthFormat } from '../datasets/formats.ts'
import { truthFormatOption } from './options.ts'
import { plural } from './text.ts'
import { scoreResults } from '../service/results/score.ts'

interface ScoreOptions {
  readonly truth: string
  readonly truthFormat?: TruthFormat
  readonly json?: boolean
  readonly all?: boolean
}

async function score(rows: string, { truth, truthFormat, json, all = false }: ScoreOptions): Promise<void> {
  const report = await scoreResults(rows, truth, { all, truthFormat })
  if (report.rowsWithoutTruth > 0)
    process.stderr.write(`${plural(report.rowsWithoutTruth, 'row')} without truth left out.\n`)
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${formatReport(report)}\n`)
}

export function scoreCommand(program: Command): void {
  program
    .command('score <rows>')
    .description('compare rows (JSON lines) with the truth')
    .requiredOption('--truth <dir>', 'DIR/STEM.json, DIR/truth/STEM.json or DIR/STEM/truth.json')
    .addOption(truthFormatOption())
    .option('--all', 'count documents that have a truth and no row as failed')
    .option('--json', 'the report as JSON')
    .action(score)
}
