/**
 * Writes images as the readers see them, straightened, cropped and evened out, as training data for the direct model:
 * `node --import tsx scripts/write-pages.ts --out DIR IMAGE...`
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { loadDocument } from '../src/imaging/load.ts'

/** `a/b/page.jpg` is kept as `b`, since synthetic pages stand in numbered folders; `a/X123.jpg` as `X123`. */
function stemOf(image: string): string {
  const { dir, name } = parse(image)
  return name === 'page' ? parse(dir).base : name
}

/** `STEM.png`, grey, and `STEM.json`: its size and `toSubmitted`, from its fractions to those of the image as given. */
async function writePage(image: string, out: string): Promise<void> {
  const {
    pages: [page],
  } = await loadDocument(await readFile(image))
  const { data, width, height } = page!.image
  await sharp(data, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 6 })
    .toFile(`${out}.png`)
  await writeFile(`${out}.json`, JSON.stringify({ width, height, toSubmitted: page!.toSubmitted }))
}

const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: 'pages' } },
  allowPositionals: true,
})
await mkdir(values.out, { recursive: true })
for (const image of positionals) {
  const out = join(values.out, stemOf(image))
  if (existsSync(`${out}.json`)) continue
  try {
    await writePage(image, out)
  } catch (error) {
    console.error(`${image}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
