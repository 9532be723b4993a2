import type { OcrPage, Page, Word } from './document.ts'

/** Anything that reads: its name and revision stand in every result it had a part in. */
export interface Engine {
  readonly name: string
  readonly revision: string
  dispose?(): Promise<void>
}

export interface OcrEngine extends Engine {
  /** Mean confidence of words that it reaches on next to every upright page, and on no page that stands on its head. */
  readonly uprightConfidence: number
  /** Words with boxes in fractions of the page image; rows top to bottom. Rejects with the signal's reason on abort. */
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

export interface EntityTagger extends Engine {
  readonly labels: readonly string[]
  tag(pages: readonly OcrPage[], signal?: AbortSignal): Promise<readonly Entity[]>
}
