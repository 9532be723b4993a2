import { readFile } from 'node:fs/promises'
import { distance } from 'fastest-levenshtein'
import { Option, type Command } from 'commander'
import { z } from 'zod'
import type { Word } from '../src/core/document.ts'
import { ParallaxError } from '../src/core/errors.ts'
import { centerX, centerY, mapBox } from '../src/core/geometry.ts'
import { ocrEngineNames } from '../src/ocr/registry.ts'
import { sroie, spread, type Split } from './labelled.ts'
import { publish, tell } from './machine.ts'
import { configWith, dataOption, engineOption, jsonOption, wholeNumber } from './options.ts'
import { startStage, type StageProcess } from './stages.ts'
import { fixed, formatTable } from './table.ts'

interface LinesOptions {
  readonly data?: string
  readonly split: Split
  readonly limit?: number
  readonly engine?: readonly string[]
  readonly json?: string
}

/** Lines of a page as people transcribed them; corners in its pixels, clockwise from the top left. */
const transcriptSchema = z.object({
  width: z.number(),
  height: z.number(),
  lines: z.array(z.object({ box: z.array(z.number()).length(8), text: z.string() })),
})
type Transcript = z.infer<typeof transcriptSchema>

interface EngineLines {
  readonly engine: string
  readonly characters: number
  readonly edits: number
  readonly lines: number
  readonly exact: number
}

/** Transcripts are in capitals, and set spaces as they like. */
const comparable = (text: string): string => text.toUpperCase().replace(/\s/g, '')

/** What the words whose middle stands in the line's box say, from left to right. */
function readOn(
  { box }: Transcript['lines'][number],
  { width, height }: Transcript,
  words: readonly Word[],
): string {
  const xs = box.filter((_, i) => i % 2 === 0).map((x) => x / width)
  const ys = box.filter((_, i) => i % 2 === 1).map((y) => y / height)
  const within = (v: number, of: readonly number[]): boolean => v >= Math.min(...of) && v < Math.max(...of)
  return words
    .filter((word) => within(centerX(word.box), xs) && within(centerY(word.box), ys))
    .sort((a, b) => a.box[0] - b.box[0])
    .map((word) => word.text)
    .join('')
}

function countErrors(
  engine: string,
  pages: readonly (readonly [Transcript, readonly Word[]])[],
): EngineLines {
  const pairs = pages.flatMap(([transcript, words]) =>
    transcript.lines.map(
      (line) => [comparable(line.text), comparable(readOn(line, transcript, words))] as const,
    ),
  )
  const known = pairs.filter(([truth]) => truth !== '')
  const sum = (of: (pair: (typeof known)[number]) => number): number =>
    known.reduce((a, pair) => a + of(pair), 0)
  return {
    engine,
    characters: sum(([truth]) => truth.length),
    edits: sum(([truth, read]) => distance(truth, read)),
    lines: known.length,
    exact: sum(([truth, read]) => Number(truth === read)),
  }
}

/** The words that an engine reads on a file, with boxes in fractions of it as submitted. */
async function wordsOf(stage: StageProcess, file: string, engine: string): Promise<readonly Word[]> {
  const { output: document } = await stage.imaging(await readFile(file))
  const { output } = await stage.ocr({ document, engine })
  return output.flatMap(({ page, lines }) => {
    const { toSubmitted } = document.pages[page - 1]!
    const words = lines.flatMap((line) => line.words)
    return words.map((word) => ({ ...word, box: mapBox(word.box, toSubmitted) }))
  })
}

async function transcriptOf(image: string): Promise<Transcript> {
  const file = image.replace(/images([/\\][^/\\]+)\.\w+$/, 'boxes$1.json')
  return transcriptSchema.parse(JSON.parse(await readFile(file, 'utf8')))
}

async function measure(options: LinesOptions): Promise<{ readonly engines: readonly EngineLines[] }> {
  const config = configWith({})
  const data = options.data ?? config.benchData
  if (data === undefined)
    throw new ParallaxError('E_BAD_REQUEST', '--data must name the folder with the labelled documents.')
  const { documents } = await sroie(data, options.split)
  const files = spread(documents, options.limit ?? Infinity).map(({ file }) => file)
  await using stage = await startStage(config)
  const engines: EngineLines[] = []
  for (const engine of options.engine ?? (await ocrEngineNames())) {
    try {
      const pages: (readonly [Transcript, readonly Word[]])[] = []
      for (const file of files) pages.push([await transcriptOf(file), await wordsOf(stage, file, engine)])
      engines.push(countErrors(engine, pages))
      tell(`${engine}: ${files.length} pages`)
    } catch (error) {
      if (!(error instanceof ParallaxError && error.code === 'E_ENGINE')) throw error
      tell(`${engine} is left out: ${error.message}`)
    }
  }
  return { engines }
}

const format = ({ engines }: Awaited<ReturnType<typeof measure>>): string =>
  formatTable(
    ['engine', 'lines', 'read exactly', 'characters', 'character error rate'],
    engines.map(({ engine, lines, exact, characters, edits }) => [
      engine,
      String(lines),
      fixed(exact / lines),
      String(characters),
      fixed(edits / characters),
    ]),
  )

export function linesCommand(program: Command): void {
  program
    .command('lines')
    .description('character error rate of every OCR engine on the same transcribed lines')
    .addOption(dataOption())
    .addOption(
      new Option('--split <split>', 'dev for figures; train for looking at')
        .choices(['dev', 'train'])
        .default('dev'),
    )
    .option('--limit <n>', 'at most so many documents', wholeNumber)
    .addOption(engineOption())
    .addOption(jsonOption())
    .action((options: LinesOptions) => publish(options.json, () => measure(options), format))
}
