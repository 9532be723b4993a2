/**
 * Writes what the rule tagger finds on transcribed receipts, as weak labels for training:
 * `node --import tsx scripts/rule-labels.ts --receipts SROIE --out DIR`
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Word } from '../src/core/document.ts'
import type { Entity } from '../src/core/engines.ts'
import { receiptLabeller } from '../schemas/receipt/labelling/labeller.ts'
import { ruleTagger } from '../src/ner/rule-tagger.ts'
import { groupIntoLines } from '../src/core/text-lines.ts'

const splitsSchema = z.object({ train: z.array(z.string()) })
const transcriptSchema = z.object({
  width: z.number(),
  height: z.number(),
  /** Corners clockwise from the top left, pixels: x, y, x, y … */
  lines: z.array(z.object({ box: z.array(z.number()).length(8), text: z.string() })),
})
type Transcript = z.infer<typeof transcriptSchema>

/** The words of a line, each as wide as its share of the characters. */
function wordsOf({ box, text }: Transcript['lines'][number], { width, height }: Transcript): Word[] {
  const [x0, y0, x1, , , y1] = box as [number, number, number, number, number, number]
  const at = (character: number): number => (x0 + ((x1 - x0) * character) / text.length) / width
  return Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => ({
    text: word,
    confidence: 0.95,
    box: [at(index), y0 / height, at(index + word.length), y1 / height],
  }))
}

/** Of single values the tagger's choice, of records all parts. */
function chosen(entities: readonly Entity[]): readonly Entity[] {
  const first = (entity: Entity): boolean => entities.find((e) => e.label === entity.label) === entity
  return entities.filter((entity) => entity.group !== null || first(entity))
}

const toLabel = ({ label, confidence, group, words }: Entity) => ({
  label,
  confidence,
  group,
  words: words.map(({ text, box }) => ({ text, box })),
})

const { values } = parseArgs({ options: { receipts: { type: 'string' }, out: { type: 'string' } } })
const receipts = values.receipts ?? '.'
const out = values.out ?? 'rules'
const parseFile = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(join(receipts, path), 'utf8'))

const tagger = ruleTagger([receiptLabeller])
await mkdir(out, { recursive: true })
for (const stem of splitsSchema.parse(await parseFile('splits.json')).train) {
  const transcript = transcriptSchema.parse(await parseFile(`boxes/${stem}.json`))
  const lines = groupIntoLines(transcript.lines.flatMap((line) => wordsOf(line, transcript)))
  const entities = await tagger.tag([{ page: 1, lines }])
  await writeFile(join(out, `${stem}.json`), JSON.stringify(chosen(entities).map(toLabel)))
}
