import { extname } from 'node:path'
import type { Inputs } from '../service/files/inputs.ts'
import { printable } from './text.ts'

/** How many of each kind: `.txt 2, .db 1`. */
function kindsOf(files: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const file of files) {
    const kind = file.endsWith('/') ? 'closed folder' : extname(file).toLowerCase() || 'without an ending'
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, n], [, m]) => m - n)
    .map(([kind, n]) => `${printable(kind)} ${n}`)
    .join(', ')
}

/** A line about what lies among the documents and is none; empty where nothing does. */
export function passedOver({ passedOver: files }: Inputs): string {
  if (files.length === 0) return ''
  const were = files.length === 1 ? 'file that is no document was' : 'files that are no documents were'
  return `${files.length} ${were} passed over (${kindsOf(files)}).\n`
}
