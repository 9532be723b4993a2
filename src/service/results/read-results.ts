import { extractionResultSchema, type ExtractionResult } from '../../core/extraction-result.ts'
import { parseJson, readText } from './parse-file.ts'

const complaint = (file: string, line: number): string =>
  `Line ${line} of ${file} is not a row. Give a file that "extract --format jsonl" wrote.`

/** The results of a file (JSON lines), with a truth or without; E_NOT_FOUND, or E_BAD_REQUEST for a line that is none. */
export async function readResults(file: string): Promise<readonly ExtractionResult[]> {
  const lines = (await readText(file)).split('\n')
  return lines.flatMap((text, i) =>
    text.trim() === '' ? [] : [parseJson(text, extractionResultSchema, complaint(file, i + 1))],
  )
}
