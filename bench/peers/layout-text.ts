import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ParallaxError } from '../../src/core/errors.ts'
import { plainTesseract } from './plain-tesseract.ts'

const run = promisify(execFile)

/** Fewer letters than this are no text layer. */
const fewestLetters = 40

async function program(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  try {
    return (await run(name, args, { env, maxBuffer: 64e6 })).stdout
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') return ''
    throw new ParallaxError('E_ENGINE', `The comparison needs ${name}: apt-get install poppler-utils.`, {
      cause,
    })
  }
}

/** The text of a PDF in columns as pdftotext sets it; of one without, what Tesseract reads on its pages at 200 dpi. */
export async function layoutText(file: string, env: Readonly<Record<string, string>>): Promise<string> {
  const text = await program('pdftotext', ['-layout', file, '-'], env)
  if (text.replace(/\s/g, '').length >= fewestLetters) return text
  const folder = await mkdtemp(join(tmpdir(), 'bench-pages-'))
  try {
    await program('pdftoppm', ['-r', '200', '-gray', '-png', file, join(folder, 'page')], env)
    const pages = (await readdir(folder)).sort()
    const texts: string[] = []
    for (const page of pages) texts.push((await plainTesseract(join(folder, page), env).text) ?? '')
    return texts.join('\f')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
