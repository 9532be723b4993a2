/**
 * Writes the words that an OCR engine reads on images, as training data for the tagger:
 * `node --import tsx scripts/read-words.ts --ocr tesseract --out DIR IMAGE...`
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, parse } from 'node:path'
import { parseArgs } from 'node:util'
import type { OcrEngine } from '../src/core/engines.ts'
import { mapBox } from '../src/core/geometry.ts'
import { readPages } from '../src/extractors/read-pages.ts'
import { loadDocument } from '../src/imaging/load.ts'
import { createOcrEngine } from '../src/ocr/registry.ts'

/**
 * Per page its size in pixels after imaging and its rows of words; `box` in fractions of that page, `submitted` in
 * fractions of the upright image as given.
 */
async function readWords(image: string, engine: OcrEngine): Promise<object> {
  const document = await loadDocument(await readFile(image))
  const pages = (await readPages(document, engine)).map(({ page, reading }) => ({
    width: page.image.width,
    height: page.image.height,
    rows: reading.lines.map(({ words }) =>
      words.map((word) => ({ ...word, submitted: mapBox(word.box, page.toSubmitted) })),
    ),
  }))
  return { engine: engine.name, revision: engine.revision, pages }
}

/** `a/b/page.jpg` is kept as `b.json`, since synthetic pages stand in numbered folders; `a/X123.jpg` as `X123.json`. */
function nameOf(image: string): string {
  const { dir, name } = parse(image)
  return `${name === 'page' ? parse(dir).base : name}.json`
}

const { values, positionals } = parseArgs({
  options: { ocr: { type: 'string', default: 'pp-ocr' }, out: { type: 'string' } },
  allowPositionals: true,
})
const out = values.out ?? 'words'
await mkdir(out, { recursive: true })
const engine = await createOcrEngine(values.ocr)
for (const image of positionals) {
  const file = join(out, nameOf(image))
  if (existsSync(file)) continue
  try {
    await writeFile(file, JSON.stringify(await readWords(image, engine)))
  } catch (error) {
    console.error(`${image}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
await engine.dispose?.()
