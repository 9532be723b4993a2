import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pMap from 'p-map'
import type { ExtractionResult } from '../src/core/extraction-result.ts'
import { bootstrapF1Difference } from '../src/scoring/metrics/bootstrap.ts'
import { judge, tally, type Comparison, type TrueDocument } from '../src/scoring/metrics/judgement.ts'
import { buildReport } from '../src/scoring/metrics/report.ts'
import { rates, sumTallies } from '../src/scoring/metrics/tally.ts'
import type { Difference, SetResult } from './accuracy-table.ts'
import type { LabelledSet } from './labelled.ts'
import { tell } from './machine.ts'

/** Anything that turns files into rows. */
export interface System {
  readonly name: string
  read(file: string): Promise<ExtractionResult>
}

/** A set as a system read it. */
export interface Reading {
  readonly system: string
  readonly seconds: number
  readonly documents: readonly TrueDocument[]
}

export async function readSet(system: System, set: LabelledSet, concurrency: number): Promise<Reading> {
  const started = performance.now()
  const documents = await pMap(
    set.documents,
    async ({ file, truth }) => ({ result: await system.read(file), truth }),
    { concurrency },
  )
  const seconds = Math.round((performance.now() - started) / 100) / 10
  tell(`${set.name}, ${system.name}: ${documents.length} documents in ${seconds} s`)
  return { system: system.name, seconds, documents }
}

function difference(reading: Reading, against: Reading): Difference {
  const pairs = reading.documents
    .map((document, i) => [judge(document), judge(against.documents[i]!)] as const)
    .filter(([, other]) => other.result?.verdict !== 'failed')
  const compare = (by: Comparison): Difference['strict'] => {
    const tallies = pairs.map(([a, b]) => [tally(a.judgements, by), tally(b.judgements, by)] as const)
    const f1 = (side: 0 | 1): number => rates(sumTallies(tallies.map((pair) => pair[side]))).f1 ?? 0
    return { f1: f1(0) - f1(1), interval: bootstrapF1Difference(tallies) }
  }
  return {
    system: reading.system,
    against: against.system,
    documents: pairs.length,
    normalised: compare('same'),
    strict: compare('exact'),
  }
}

/** How all systems did on a set, and how much better than the one that is called `peer`. */
export function toSetResult(set: LabelledSet, readings: readonly Reading[], peer: string): SetResult {
  const against = readings.find(({ system }) => system === peer)
  return {
    set: set.name,
    systems: readings.map(({ system, seconds, documents }) => ({
      system,
      seconds,
      report: buildReport(documents),
    })),
    differences: against ? readings.filter((r) => r !== against).map((r) => difference(r, against)) : [],
  }
}

/** Keeps the rows of a reading, a file a set and system. */
export async function keepResults(
  folder: string,
  set: LabelledSet,
  { system, documents }: Reading,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const lines = documents.map(({ result }) => `${JSON.stringify(result)}\n`)
  await writeFile(join(folder, `${set.name}-${system.replace(/\W+/g, '-')}.jsonl`), lines.join(''))
}
