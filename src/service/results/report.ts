import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import pMap from 'p-map'
import { ParallaxError, toErrorReport } from '../../core/errors.ts'
import type { Box } from '../../core/geometry.ts'
import { pictureSchema, type CropRequest, type Picture } from '../../report/crop-request.ts'
import { figuresOf, type Figures } from '../../report/figures.ts'
import type { Entry } from '../../report/gallery.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { pageOf } from '../../report/page.ts'
import type { TruthFormat } from '../../datasets/formats.ts'
import type { Pictures } from '../../report/sections/pictures.ts'
import { groupBy } from '../../trust/counting.ts'
import { readInput } from '../files/intake.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { readResults } from './read-results.ts'
import { readPairs } from './score.ts'

export interface ReportOptions {
  /** A folder of truths, as `readPairs` finds them. */
  readonly truth?: string | undefined
  /** How the truths are written; by default in the shape of the results' type. */
  readonly truthFormat?: TruthFormat | undefined
  /** A folder of the documents; by default they are where the results say. */
  readonly images?: string | undefined
  readonly now?: Date
  readonly signal?: AbortSignal
}

/** A report as one HTML file, and what it is of. */
export interface MadeReport {
  readonly html: string
  readonly figures: Figures
  /** Values of the gallery of which there is a picture. */
  readonly pictured: number
}

/** Pixels that a picture is at most wide: sixty of them stay far below ten megabytes. */
const pictureWidth = 480

/** Files that are held in memory at the same time. */
const atOnce = 4

const isWithin = (folder: string, file: string): boolean => {
  const way = relative(folder, file)
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..'
}

/** Where a result's document may be: below the folder under its whole path, its folder's name and its own, or its own alone. */
export function placesOf(file: string, images: string | undefined): readonly string[] {
  if (images === undefined) return [file]
  const folder = resolve(images)
  const inParent = join(basename(dirname(file)), basename(file))
  const places = [
    resolve(folder, file),
    join(folder, file),
    join(folder, inParent),
    join(folder, basename(file)),
  ]
  return [...new Set(places)].filter((place) => isWithin(folder, place))
}

/** Of the first place that can be read; else what is wrong with the likeliest. */
async function bytesOf(file: string, images: string | undefined): Promise<Uint8Array> {
  const [first, ...others] = placesOf(file, images)
  if (first === undefined)
    throw new ParallaxError('E_NOT_FOUND', 'The rows name a file outside the folder of images.')
  const found = await readInput(first).catch((error: unknown) => ({ error }))
  if (found instanceof Uint8Array) return found
  for (const place of others) {
    const bytes = await readInput(place).catch(() => null)
    if (bytes) return bytes
  }
  throw found.error
}

async function crop(run: RunTask, request: CropRequest, signal?: AbortSignal): Promise<readonly Picture[]> {
  return pictureSchema.array().parse(await run('crop', request, signal ? { signal } : {}))
}

type Placed = readonly [entry: Entry, page: number, box: Box]

const placed = (entries: readonly Entry[]): readonly Placed[] =>
  entries.flatMap((entry) => (entry.source ? [[entry, entry.source.page, entry.source.box] as const] : []))

/** What pictures are made with. */
interface PictureOptions {
  /** The bytes of a result's document, by its `file`; rejects with why there are none. */
  readonly bytesOf: (file: string) => Promise<Uint8Array>
  readonly signal?: AbortSignal | undefined
}

/** The pictures of one page of one file; where there are none, the reason for each. */
async function picturesOf(
  run: RunTask,
  group: readonly Placed[],
  { bytesOf, signal }: PictureOptions,
): Promise<readonly (readonly [Entry, Picture | string])[]> {
  const [[{ file }, page]] = group as [Placed]
  try {
    const boxes = group.map(([, , box]) => [...box] as [number, number, number, number])
    const request = { bytes: await bytesOf(file), page, boxes, width: pictureWidth }
    const pictures = await crop(run, request, signal)
    return group.map(([entry], i) => [entry, pictures[i]!])
  } catch (error) {
    signal?.throwIfAborted()
    return group.map(([entry]) => [entry, toErrorReport(error).message])
  }
}

/** Cuts the pictures in child processes, because files are untrusted; a missing or broken file costs its own pictures only. */
async function allPictures(
  run: RunTask,
  entries: readonly Entry[],
  options: PictureOptions,
): Promise<Pictures> {
  const nowhere = 'its place is not known'
  const pages = groupBy(placed(entries), ([{ file }, page]) => JSON.stringify([file, page]))
  const made = await pMap(pages.values(), (group) => picturesOf(run, group, options), { concurrency: atOnce })
  return new Map([...entries.map((entry) => [entry, nowhere] as const), ...made.flat()])
}

/** What a report is made of. */
export interface ReportInput extends PictureOptions {
  /** What it is of, in words. */
  readonly source: string
  readonly rows: readonly ExtractionResult[]
  /** Those of the results that have a truth. */
  readonly paired?: Parameters<typeof figuresOf>[1]
  readonly now?: Date | undefined
}

/** Makes a report of results; rejects on abort. Images that cannot be shown are told in the report. */
export async function reportOf(run: RunTask, input: ReportInput): Promise<MadeReport> {
  const { source, rows: results, paired = [], now = new Date() } = input
  const figures = figuresOf(results, paired)
  const pictures = await allPictures(run, figures.gallery.entries, input)
  return {
    html: pageOf({ source, madeAt: now, figures, pictures }),
    figures,
    pictured: [...pictures.values()].filter((picture) => typeof picture === 'object').length,
  }
}

/**
 * Makes a report of results (JSONL), with a truth where a folder of truths is given. Rejects with E_NOT_FOUND or E_BAD_REQUEST
 * as `readResults` and `readPairs`, and on abort.
 */
export async function makeReport(
  run: RunTask,
  resultsFile: string,
  options: ReportOptions = {},
): Promise<MadeReport> {
  const { truth, truthFormat, images, now, signal } = options
  const results = await readResults(resultsFile)
  const paired = truth === undefined ? [] : (await readPairs(resultsFile, truth, truthFormat)).paired
  return reportOf(run, {
    source: basename(resultsFile),
    rows: results,
    paired,
    bytesOf: (file) => bytesOf(file, images),
    now,
    signal,
  })
}
