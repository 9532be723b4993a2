import { readFile } from 'node:fs/promises'
import { ParallaxError } from '../core/errors.ts'
import { rowSchema, type Row } from '../core/row.ts'

const notARow = (file: string, line: number, why: string): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `Line ${line} of ${file} is not a row. Give a file that "extract --format jsonl" wrote. (${why})`,
  )

function parseLine(text: string, file: string, line: number): Row {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw notARow(file, line, 'not JSON')
  }
  const parsed = rowSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw notARow(file, line, `${issue?.path.join('.') || 'as a whole'}: ${issue?.message}`)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new ParallaxError(
      'E_NOT_FOUND',
      `${file} cannot be read. Check that it exists and that you may open it.`,
      { cause },
    )
  }
}

/** The rows of a file (JSON lines), with a truth or without; E_NOT_FOUND, or E_BAD_REQUEST for a line that is none. */
export async function readRows(file: string): Promise<readonly Row[]> {
  const lines = (await readText(file)).split('\n')
  return lines.flatMap((text, i) => (text.trim() === '' ? [] : [parseLine(text, file, i + 1)]))
}
