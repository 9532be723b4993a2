import type { JsonPointer } from '../src/core/extraction.ts'
import type { Interval } from '../src/scoring/metrics/bootstrap.ts'
import type { Report } from '../src/scoring/metrics/report.ts'
import { fixed, formatTable } from './table.ts'

export interface SystemResult {
  readonly system: string
  /** Wall time for the set, several documents at a time. */
  readonly seconds: number
  readonly report: Report
}

interface F1Difference {
  readonly f1: number
  /** 95 %, paired. */
  readonly interval: Interval | null
}

/** How much more a system gets right than the peer, on the documents that the peer could open. */
export interface Difference {
  readonly system: string
  readonly against: string
  readonly documents: number
  readonly normalised: F1Difference
  readonly strict: F1Difference
}

export interface SetResult {
  readonly set: string
  readonly systems: readonly SystemResult[]
  readonly differences: readonly Difference[]
}

export interface Accuracy {
  readonly sets: readonly SetResult[]
}

const range = (interval: Interval | null): string =>
  interval === null ? '–' : `${fixed(interval[0])} to ${fixed(interval[1])}`

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${fixed(Math.abs(value))}`

type Cells = (result: SystemResult) => readonly [normalised: string, strict: string]

const line = (name: string, n: string, systems: readonly SystemResult[], cells: Cells): readonly string[] => [
  name,
  n,
  ...systems.flatMap(cells),
]

function lines({ systems }: SetResult): readonly (readonly string[])[] {
  const [first] = systems
  const { fields, items } = first!.report
  const pointers = Object.keys(fields) as JsonPointer[]
  const support = pointers.reduce((sum, pointer) => sum + fields[pointer]!.support, 0)
  return [
    ...pointers.map((pointer) =>
      line(pointer, String(fields[pointer]!.support), systems, ({ report }) => [
        fixed(report.fields[pointer]!.normalised.f1),
        fixed(report.fields[pointer]!.strict.f1),
      ]),
    ),
    line('all (micro)', String(support), systems, ({ report: { micro } }) => [
      fixed(micro.normalised.f1),
      fixed(micro.strict.f1),
    ]),
    line('  95 % from', '', systems, ({ report: { micro } }) => [
      fixed(micro.normalised.interval?.[0] ?? null),
      fixed(micro.strict.interval?.[0] ?? null),
    ]),
    line('  95 % to', '', systems, ({ report: { micro } }) => [
      fixed(micro.normalised.interval?.[1] ?? null),
      fixed(micro.strict.interval?.[1] ?? null),
    ]),
    ...(items === null
      ? []
      : [line('item cells', String(items.support), systems, ({ report }) => [fixed(report.items!.f1), ''])]),
    line('failed', '', systems, ({ report }) => [String(report.documents.failed), '']),
  ]
}

const change = ({ f1, interval }: F1Difference): string => `${signed(f1)} (${range(interval)})`

const differenceLine = ({ system, against, documents, normalised, strict }: Difference): string =>
  `${system} less ${against}, ${documents} documents: micro F1 ${change(normalised)}, strict ${change(strict)}`

function formatSet(result: SetResult): string {
  const { total } = result.systems[0]!.report.documents
  const head = [
    'F1',
    'n',
    ...result.systems.flatMap(({ system }) => [system.replaceAll(' ', '\n'), 'strict']),
  ]
  return [
    `${result.set}: ${total} documents`,
    formatTable(head, lines(result)),
    ...result.differences.map(differenceLine),
    '',
  ].join('\n')
}

/** A table a set: fields down, systems across. */
export const formatAccuracy = ({ sets }: Accuracy): string => sets.map(formatSet).join('\n')
