import { Option, type Command } from 'commander'
import { readResults } from '../service/results/read-results.ts'
import type { TruthFormat } from '../datasets/formats.ts'
import { readPairs } from '../service/results/score.ts'
import { risksOf, type GroupRisk } from '../trust/risk.ts'
import { describeRisks } from './metrics-table.ts'
import { truthFormatOption } from './options.ts'

const formats = {
  table: describeRisks,
  json: (risks: readonly GroupRisk[]) => `${JSON.stringify(risks, null, 2)}\n`,
  prometheus: async (risks: readonly GroupRisk[]) =>
    (await import('../service/results/prometheus.ts')).prometheusText(risks),
}

interface MetricsOptions {
  readonly format: keyof typeof formats
  readonly truth?: string
  readonly truthFormat?: TruthFormat
}

async function metrics(resultsFile: string, { format, truth, truthFormat }: MetricsOptions): Promise<void> {
  const results = await readResults(resultsFile)
  const paired = truth === undefined ? [] : (await readPairs(resultsFile, truth, truthFormat)).paired
  process.stdout.write(await formats[format](risksOf(results, paired)))
}

export function metricsCommand(program: Command): void {
  program
    .command('metrics <rows>')
    .description('count by document type and model how rows (JSON lines) ended, and what speaks against them')
    .addOption(
      new Option('-f, --format <format>', 'prometheus is for a file that node_exporter collects')
        .choices(Object.keys(formats))
        .default('table'),
    )
    .option(
      '--truth <dir>',
      'DIR/STEM.json, DIR/truth/STEM.json or DIR/STEM/truth.json: counts what is invented',
    )
    .addOption(truthFormatOption())
    .action(metrics)
}
