import type { Word } from '../../core/document.ts'
import type { Parsed } from '../parsers.ts'
import type { Claim } from './claims.ts'
import { isFree } from './kinds.ts'
import { continuesCaption } from './lexicon.ts'
import { textOf } from './sheet.ts'
import { restOf, type Stretch } from './surroundings.ts'

/** A caption that stands within a longer one is a part of it. */
const part = 0.6

const hasLetters = (text: string): boolean => /\p{L}{2}/u.test(text.replace(/\b[A-Z]{3}\b/g, ''))

/** Words that begin or end like the rest of a longer caption. */
const readsAsCaption = (words: readonly Word[]): boolean =>
  /[:：#]$/u.test(words.at(-1)!.text) ||
  continuesCaption(words[0]!.text) ||
  continuesCaption(words.at(-1)!.text)

/** Whether a caption goes on in its cell with words that are no value: "Advertiser" is not "Advertiser Code". */
function isContinued({ marked, at }: Claim): boolean {
  const next = marked.sheet.rows[at.row]![at.cell]!.words[at.to]
  const [first] = at.isClosed || next?.text === '/' ? [] : restOf(marked, at)
  return first !== undefined && /^\p{L}/u.test(first.text) && !/\d/.test(first.text)
}

/** What speaks against a caption's being whole, of a value that was found in a stretch; 0 where it is none. */
export function wholeness(claim: Claim, { words, side }: Stretch, { text }: Parsed): number {
  const { question, at } = claim
  const before = at.begins ? 1 : part
  if (at.isClosed) return before
  if (side !== 'beside') return isContinued(claim) ? (isFree(question.kind) ? 0 : before * part) : before
  if (isFree(question.kind)) return !at.begins || readsAsCaption(words) ? 0 : 0.75
  const all = textOf(words)
  const between = all.slice(0, Math.max(0, all.indexOf(text)))
  return before * (hasLetters(between) ? part : 1)
}
