import { wordConfidence, type Word } from '../../core/document.ts'

/** Below this a text is not likely to be read alike the next time. */
const legible = 0.35

const isPlain = (text: string): boolean => /\p{L}/u.test(text) && !/\d/.test(text)

/** Words that stand together without a number among them; a colon ends a label. */
function runs(words: readonly Word[], avoid: ReadonlySet<Word>): readonly (readonly Word[])[] {
  const found: Word[][] = [[]]
  for (const word of words) {
    const open = found.at(-1)!
    if (avoid.has(word) || !isPlain(word.text)) found.push([])
    else open.push(word)
    if (word.text.endsWith(':')) found.push([])
  }
  return found.filter((run) => run.length > 0)
}

const trimmed = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}).]+$/gu, '')

/**
 * The texts in a stretch of a line that other documents of the vendor will show too, left to right: no numbers, no words
 * that belong to a value of this document.
 */
export function labelsIn(words: readonly Word[], avoid: ReadonlySet<Word>): readonly string[] {
  return runs(words, avoid)
    .filter((run) => wordConfidence(run) >= legible)
    .map((run) => trimmed(run.map((w) => w.text).join(' ')))
    .filter((label) => (label.match(/\p{L}/gu)?.length ?? 0) >= 3 && label.length <= 60)
}
