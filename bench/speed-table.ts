import { mean, median } from './statistics.ts'
import { fixed, formatTable } from './table.ts'

export interface StageSpeed {
  readonly name: string
  /** One number a page. */
  readonly seconds: readonly number[]
  readonly peakMb: number
}

/** Whole path over plain Tesseract, on the same pages. */
export interface Ratio {
  readonly engine: string
  readonly ofMeans: number
  readonly ofMedians: number
}

export interface ColdStart {
  readonly command: string
  readonly seconds: number
}

export interface QueueMemory {
  readonly engine: string
  readonly pages: number
  readonly peakMb: number
}

export interface Speed {
  readonly pages: number
  readonly stages: readonly StageSpeed[]
  readonly ratios: readonly Ratio[]
  readonly cold: readonly ColdStart[]
  readonly queue: readonly QueueMemory[]
}

export const peerName = 'plain tesseract'
export const wholePathName = (engine: string): string => `whole path, ${engine}`

export function ratioOf(engine: string, stages: readonly StageSpeed[]): Ratio {
  const secondsOf = (name: string): readonly number[] => stages.find((stage) => stage.name === name)!.seconds
  const [own, other] = [secondsOf(wholePathName(engine)), secondsOf(peerName)]
  return { engine, ofMeans: mean(own) / mean(other), ofMedians: median(own) / median(other) }
}

/** Tables of stages, ratios, cold starts and the queue's memory. */
export const formatSpeed = ({ pages, stages, ratios, cold, queue }: Speed): string =>
  [
    formatTable(
      [`${pages} pages, one process at a time`, 's median', 's mean', 'peak MB'],
      stages.map(({ name, seconds, peakMb }) => [
        name,
        fixed(median(seconds)),
        fixed(mean(seconds)),
        String(peakMb),
      ]),
    ),
    formatTable(
      [`whole path / ${peerName}`, 'of medians', 'of means'],
      ratios.map(({ engine, ofMedians, ofMeans }) => [engine, fixed(ofMedians, 2), fixed(ofMeans, 2)]),
    ),
    formatTable(
      ['one command, cold', 's median'],
      cold.map(({ command, seconds }) => [command, fixed(seconds, 2)]),
    ),
    formatTable(
      ['queue process during a batch', 'pages', 'peak MB'],
      queue.map(({ engine, pages: read, peakMb }) => [engine, String(read), String(peakMb)]),
    ),
  ].join('\n\n')
