import { mkdir, statfs } from 'node:fs/promises'
import type { Command } from 'commander'
import { defaultType } from '../core/document-type.ts'
import { openExtraction } from '../app/extraction.ts'
import { openQueue } from '../app/queue.ts'
import { blobsOf, openRecords } from '../app/records.ts'
import { readConfig, type Config } from '../config.ts'
import { toErrorReport } from '../core/errors.ts'
import { withoutCredentials } from '../queue/redis.ts'
import { describe } from '../service/types/describe.ts'
import { pc } from './colors.ts'
import { doctorData, type DataOptions } from './doctor-data.ts'

/** One thing that Parallax needs. `look` answers what it found and rejects when it is missing. */
interface Check {
  readonly name: string
  readonly optional?: boolean
  readonly mend: string
  look(config: Config): Promise<string>
}

async function startEngine(config: Config, ocr: string): Promise<string> {
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const { pipeline } = await describe(extraction.reader.run, { spec: defaultType, cwd: '/', ocr })
  return pipeline
}

const minFreeBytes = 1e9

/** How much is free on the disk of a folder; rejects where that is too little. */
async function freeIn(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder)
  const free = `${(bavail * bsize * 1e-9).toFixed(1)} GB free`
  if (bavail * bsize < minFreeBytes) throw new Error(`${folder}: only ${free}`)
  return free
}

const checks: readonly Check[] = [
  {
    name: 'Node.js',
    mend: 'Install Node.js 20.19 or newer.',
    async look() {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
      if (major > 20 || (major === 20 && minor >= 19)) return process.version
      throw new Error(`${process.version} is too old`)
    },
  },
  {
    name: 'data folder',
    mend: 'Set PARALLAX_HOME to a folder that you may write, with at least 1 GB free.',
    async look({ home }) {
      await mkdir(home, { recursive: true, mode: 0o700 })
      return `${home}, ${await freeIn(home)}`
    },
  },
  {
    name: 'job ledger',
    mend: 'Move the ledger away, restore it from a backup, or set PARALLAX_DATABASE_URL.',
    async look(config) {
      await using records = await openRecords(config)
      const counts = Object.values(await records.store.counts())
      return `${counts.reduce((a, b) => a + b, 0)} jobs, ${records.places.ledger}`
    },
  },
  {
    name: 'submitted files',
    mend: 'Set PARALLAX_BLOBS_URL to where they are.',
    async look(config) {
      const { place, folder } = await blobsOf(config)
      return folder === null ? place : `${place}, ${await freeIn(folder)}`
    },
  },
  {
    name: 'queue (Redis)',
    mend: 'Install it (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis) or set PARALLAX_REDIS_URL.',
    async look(config) {
      await using redis = await openQueue(config)
      if (redis.warnings.length > 0) return redis.warnings.join(' ')
      return 'url' in redis.address
        ? withoutCredentials(redis.address.url)
        : 'private, on a socket of the data folder'
    },
  },
  {
    name: 'reading, pp-ocr',
    mend: 'Install the packages again: npm ci --ignore-scripts.',
    look: (config) => startEngine(config, 'pp-ocr'),
  },
  {
    name: 'reading, tesseract-js',
    mend: 'Install the packages again: npm ci --ignore-scripts.',
    look: (config) => startEngine(config, 'tesseract-js'),
  },
  {
    name: 'reading, tesseract',
    optional: true,
    mend: 'Faster, if you like: apt-get install tesseract-ocr, then --ocr tesseract.',
    look: (config) => startEngine(config, 'tesseract'),
  },
]

/** Prints one check; answers whether something needed is missing. */
async function report({ name, optional = false, mend, look }: Check, config: Config): Promise<boolean> {
  try {
    process.stdout.write(`${pc.green('✓')} ${name.padEnd(24)}${await look(config)}\n`)
    return false
  } catch (error) {
    const mark = optional ? pc.yellow('–') : pc.red('✗')
    const { code, message } = toErrorReport(error)
    const what = code === 'E_INTERNAL' && error instanceof Error ? error.message : message
    process.stdout.write(`${mark} ${name.padEnd(24)}${what}\n  ${mend}\n`)
    return !optional
  }
}

interface DoctorOptions extends DataOptions {
  readonly data?: boolean
}

async function doctor({ data, ...options }: DoctorOptions): Promise<void> {
  if (data === true || Object.keys(options).length > 0) return doctorData(options)
  const config = readConfig()
  let missing = 0
  for (const check of checks) if (await report(check, config)) missing++
  process.stdout.write(
    missing === 0 ? 'Everything needed is here.\n' : `${missing} of the above must be mended.\n`,
  )
  if (missing > 0) process.exitCode = 1
}

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check everything Parallax needs, and say how to mend it')
    .option('--data', 'check the data folder instead: what is left behind, missing or damaged')
    .option('--repair', 'and mend what can be')
    .option('--deep', 'and hold the bytes of every document against their hash')
    .action(doctor)
}
