import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import { publish, tell } from './machine.ts'
import { configWith, jsonOption, wholeNumber } from './options.ts'
import { inTemporaryHome } from './parallax-process.ts'
import { submitSteadily, type Load } from './service-load.ts'
import { measureLookups, type Lookups } from './service-lookups.ts'
import { startService } from './service-process.ts'
import { fixed, formatTable } from './table.ts'

interface ServiceOptions {
  readonly rate: number
  readonly seconds: number
  readonly few: number
  readonly many: number
  readonly times: number
  readonly cli?: string
  readonly json?: string
}

interface ServiceSpeed {
  readonly load: Load
  readonly lookups: Lookups
}

const sample = fileURLToPath(new URL('../samples/receipt/my-restaurant-scan-01/page.jpg', import.meta.url))

async function measure({ cli: program, ...options }: ServiceOptions): Promise<ServiceSpeed> {
  const config = configWith({})
  const cli = program === undefined ? undefined : pathToFileURL(resolve(program))
  const load = await inTemporaryHome(config, async (own) => {
    await using service = await startService(own, cli)
    tell(`the service listens at ${service.url}`)
    return await submitSteadily(service.url, sample, options)
  })
  return { load, lookups: await measureLookups(config, { ...options, cli }) }
}

const failures = ({ errors }: Load): string =>
  Object.entries(errors)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ') || '0'

function formatService({ load, lookups: { few, many, lookups } }: ServiceSpeed): string {
  const size = `of ${fixed(load.kilobytes, 0)} kB`
  return [
    formatTable(
      [`${load.submitted} documents ${size}`, 'due/s', 'acknowledged/s', 'p50 ms', 'p99 ms', 'errors'],
      [
        [
          'POST /v1/batches',
          String(load.rate),
          fixed(load.acknowledged / load.seconds, 1),
          fixed(load.p50Ms, 1),
          fixed(load.p99Ms, 1),
          failures(load),
        ],
      ],
    ),
    formatTable(
      ['median ms of a request', `${few} jobs`, `${many} jobs`, 'ratio'],
      lookups.map(({ path, fewMs, manyMs }) => [
        path,
        fixed(fewMs, 2),
        fixed(manyMs, 2),
        fixed(manyMs / fewMs, 2),
      ]),
    ),
  ].join('\n\n')
}

export function serviceCommand(program: Command): void {
  program
    .command('service')
    .description(
      'what the service costs without anything being read: submissions, and requests in a full ledger',
    )
    .option('--rate <n>', 'submissions that are due each second', wholeNumber, 200)
    .option('--seconds <n>', 'for so long', wholeNumber, 60)
    .option('--few <n>', 'jobs of the small ledger', wholeNumber, 1000)
    .option('--many <n>', 'jobs of the large ledger', wholeNumber, 100_000)
    .option('--times <n>', 'requests of each kind', wholeNumber, 200)
    .option('--cli <file>', 'the command-line program to start, for example dist/src/cli/main.js')
    .addOption(jsonOption())
    .action((options: ServiceOptions) => publish(options.json, () => measure(options), formatService))
}
