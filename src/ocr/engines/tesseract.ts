import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { PageImage, Word } from '../../core/document.ts'
import type { DigitConfusions, OcrEngine } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import { toPgm } from '../pgm.ts'
import { toOcrPage } from '../../core/text-lines.ts'

/** Single misread digits in the amounts of training receipts. */
// prettier-ignore
const digitConfusions: DigitConfusions = {
  '0→6': 82, '0→9': 46, '0→8': 46, '5→6': 45, '1→4': 24, '6→4': 21, '5→8': 19, '7→1': 13,
  '8→6': 12, '8→3': 11, '6→8': 10, '1→3': 8, '0→1': 6, '3→9': 6, '8→9': 5, '9→8': 5,
  '3→5': 5, '9→0': 4, '0→4': 4, '3→2': 4, '0→2': 4, '9→7': 3, '9→5': 3, '6→0': 3,
}

/** Set by the shell, which every POSIX system has: kilobytes of data (a page needs a tenth), and threads. */
const limits = 'ulimit -d 1500000; OMP_THREAD_LIMIT=1'

async function run(args: readonly string[], input: Buffer | null, signal?: AbortSignal): Promise<string> {
  const child = spawn('sh', ['-c', `${limits} exec tesseract "$@"`, 'sh', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
    ...(signal ? { signal } : {}),
  })
  child.stdin.on('error', () => {}) // EPIPE: the exit status says more.
  child.stdin.end(input ?? undefined)
  const closed = once(child, 'close') as Promise<[number | null]>
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), closed]).catch(
    (error: unknown) => {
      signal?.throwIfAborted()
      throw error
    },
  )
  if (status === 0) return out
  throw new ParallaxError(
    'E_ENGINE',
    `Tesseract stopped with status ${status}: ${err.trim().split('\n').at(-1) ?? ''}`,
  )
}

/** Reads Tesseract's TSV: columns level … left top width height conf text; words are level 5. */
function parseTsv(tsv: string, { width, height }: PageImage): Word[] {
  return tsv
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((cells) => cells[0] === '5' && cells.length >= 12)
    .map((cells) => {
      const [left, top, w, h, confidence] = cells.slice(6, 11).map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ]
      return {
        text: cells.slice(11).join('\t').trim(),
        confidence: Math.max(0, confidence / 100),
        box: [left / width, top / height, (left + w) / width, (top + h) / height],
      }
    })
}

/** The version of the installed Tesseract, or null when there is none. */
export async function nativeTesseractVersion(): Promise<string | null> {
  try {
    return /tesseract v?(\S+)/.exec(await run(['--version'], null))?.[1] ?? 'unknown'
  } catch (error) {
    if (error instanceof ParallaxError) return null
    throw error
  }
}

/** The Tesseract program of the system; about twice as fast as the one that ships with Parallax. */
export default async function nativeTesseract(): Promise<OcrEngine> {
  const version = await nativeTesseractVersion()
  if (version === null) {
    throw new ParallaxError(
      'E_ENGINE',
      'Tesseract is not installed: install it (apt-get install tesseract-ocr) or use --ocr tesseract-js.',
    )
  }
  return {
    name: 'tesseract',
    revision: version,
    uprightConfidence: 0.42,
    knownScriptConfidence: null,
    digitConfusions,
    async recognize(page, signal) {
      signal?.throwIfAborted()
      // Page segmentation mode 6: one block of text. Modes that look for columns read names and prices apart.
      const tsv = await run(['stdin', 'stdout', '--psm', '6', '-l', 'eng', 'tsv'], toPgm(page.image), signal)
      return toOcrPage(page.number, parseTsv(tsv, page.image))
    },
  }
}
