/**
 * Files drawn by `parallax_training.streams`, with their words as printed (as a text layer has them) and, where
 * `scripts/read-words.ts` has read their pictures into `words/`, as the project's OCR reads them.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { z } from 'zod'
import type { Word } from '../src/core/document.ts'
import { boxSchema, type Box } from '../src/core/geometry.ts'
import type { Sheet } from '../src/segmenting/cuts.ts'

/** A document of a file: its pages from 1 on, and its place on the picture of its only page where it shares that. */
const partSchema = z.object({
  kind: z.string(),
  pages: z.array(z.number()),
  region: boxSchema.nullable(),
})
const filesSchema = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      pages: z.array(
        z.object({
          picture: z.string(),
          width: z.number(),
          height: z.number(),
          words: z.array(z.object({ text: z.string(), box: boxSchema })),
        }),
      ),
      parts: z.array(partSchema),
    }),
  ),
})
const readSchema = z.object({
  pages: z.tuple([
    z.object({
      width: z.number(),
      height: z.number(),
      rows: z.array(
        z.array(z.object({ text: z.string(), confidence: z.number(), box: boxSchema, submitted: boxSchema })),
      ),
    }),
  ]),
})

export type WordSource = 'layer' | 'ocr'

/** A file as one source reads it. */
export interface DrawnStream {
  readonly name: string
  readonly source: WordSource
  readonly parts: readonly z.infer<typeof partSchema>[]
  readonly sheets: readonly Sheet[]
  /** The part, from 0 on, that a word belongs to. */
  readonly partOf: (word: Word, page: number) => number
}

const isWithin = (box: Box, [left, top, right, bottom]: Box): boolean => {
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  return left <= x && x <= right && top <= y && y <= bottom
}

type DrawnFile = z.infer<typeof filesSchema>['files'][number]
type Read = (page: DrawnFile['pages'][number], number: number) => Promise<readonly [Sheet, readonly Box[]]>

const asPrinted: Read = async ({ width, height, words }, page) => {
  const sheet = { page, width, height, words: words.map((word) => ({ ...word, confidence: 1 })) }
  return [sheet, words.map(({ box }) => box)]
}

const asRead =
  (dir: string): Read =>
  async ({ picture }, page) => {
    const text = await readFile(join(dir, 'words', `${parse(picture).name}.json`), 'utf8')
    const [{ width, height, rows }] = readSchema.parse(JSON.parse(text)).pages
    const all = rows.flat()
    const words = all.map((word): Word => ({
      text: word.text,
      confidence: word.confidence,
      box: word.box,
    }))
    return [{ page, width, height, words }, all.map(({ submitted }) => submitted)]
  }

async function toStream(
  { name, pages, parts }: DrawnFile,
  source: WordSource,
  read: Read,
): Promise<DrawnStream> {
  const each = await Promise.all(pages.map((page, i) => read(page, i + 1)))
  const places = new Map(
    each.flatMap(([sheet, boxes]) => sheet.words.map((word, i) => [word, boxes[i]!] as const)),
  )
  const partOf = (word: Word, page: number): number =>
    Math.max(
      0,
      parts.findIndex(
        (part) =>
          part.pages.includes(page) && (part.region === null || isWithin(places.get(word)!, part.region)),
      ),
    )
  return { name, source, parts, sheets: each.map(([sheet]) => sheet), partOf }
}

/** The files of a folder, each once as printed, and once more as read where all its pages were. */
export async function readStreams(dir: string): Promise<readonly DrawnStream[]> {
  const { files } = filesSchema.parse(JSON.parse(await readFile(join(dir, 'files.json'), 'utf8')))
  const isRead = ({ pages }: DrawnFile): boolean =>
    pages.every(({ picture }) => existsSync(join(dir, 'words', `${parse(picture).name}.json`)))
  const printed = await Promise.all(files.map((file) => toStream(file, 'layer', asPrinted)))
  return [
    ...printed,
    ...(await Promise.all(files.filter(isRead).map((file) => toStream(file, 'ocr', asRead(dir))))),
  ]
}
