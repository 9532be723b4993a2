import type { OcrPage, Page, Word } from './document.ts'

/** A part that decides results: its name and revision are recorded in every result that it had a part in. */
export interface Engine {
  readonly name: string
  readonly revision: string
  dispose?(): Promise<void>
}

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** How often, among misread digits, one is printed and another read: `{ '0→8': 11 }`; pairs never seen are left out. */
export type DigitConfusions = Readonly<Partial<Record<`${Digit}→${Digit}`, number>>>

export interface OcrEngine extends Engine {
  /** The mean word confidence that it exceeds on nearly every upright page, and on no page that is upside down. */
  readonly uprightConfidence: number
  /**
   * Mean confidence of words with letters that it reaches on next to every page in a script it knows, and on no page in another;
   * null where nobody has measured it, or where its confidence does not tell.
   */
  readonly knownScriptConfidence: number | null
  /** How often it misreads which digit, as counted on receipts; empty where nobody has counted. */
  readonly digitConfusions: DigitConfusions
  /** Words with boxes in fractions of the page image; lines top to bottom. Rejects with the signal's reason on abort. */
  recognize(page: Page, signal?: AbortSignal): Promise<OcrPage>
}

/** Words that mean one thing, for example the words of a date. */
export interface Entity {
  readonly label: string
  /** 0 to 1. */
  readonly confidence: number
  readonly page: number
  readonly words: readonly Word[]
  /** Entities of one record (an item line) share a group; null outside records. */
  readonly group: number | null
}

/** Labels words by rules of its own: what a document type may bring. */
export interface Labeller {
  /** All labels that it may give. */
  readonly labels: readonly string[]
  /** Several entities of a label are candidates, the likeliest first; groups are numbered from 0. */
  label(pages: readonly OcrPage[]): readonly Entity[]
}

export interface EntityTagger extends Engine {
  readonly labels: readonly string[]
  tag(pages: readonly OcrPage[], signal?: AbortSignal): Promise<readonly Entity[]>
}
