import type { JsonPointer } from '../../core/extraction.ts'
import type { ValueParser } from '../parsers.ts'
import type { Concept } from './lexicon.ts'
import type { Kind } from './kinds.ts'

/** A way in which a field's caption may be printed. */
export interface Wording {
  /** As `spell` spells it. */
  readonly spelled: string
  /** How surely this caption means the field: 1 for its own title, less for what others call it. */
  readonly strength: number
  /** Whether it means the field only near the name of what the field belongs to. */
  readonly isShared: boolean
  /** Whether it names a span of days, of which the field is an end. */
  readonly isSpan: boolean
  /** Whether it is the caption of another value, whose number the field has too where its own caption is not printed. */
  readonly isStandIn: boolean
}

/** What a page is asked for. */
export interface Question {
  readonly pointer: JsonPointer
  readonly wordings: readonly Wording[]
  /** What business documents call such a value; none for one that only its own caption names. */
  readonly concepts: ReadonlySet<Concept>
  readonly kind: Kind
  readonly parse: ValueParser
  /** Of a caption that names a span of days: which of its ends. */
  readonly end: 'first' | 'last' | null
  /** The record that the field belongs to; null for one of the whole document. */
  readonly owner: Owner | null
  /**
   * What may stand without a caption: the name of the seller in the head of the page, that of the buyer above an address, or a
   * value of a form that is its own.
   */
  readonly withoutCaption: 'letterhead' | 'addressee' | 'anywhere' | null
}

/** A record of a document that has a place of its own on the page, such as the seller. */
export interface Owner {
  readonly pointer: JsonPointer
  readonly spellings: readonly string[]
  readonly concept: Concept | null
}
