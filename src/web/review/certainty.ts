import type { ResultField } from '../../core/extraction-result.ts'

export type Level = 'sure' | 'likely' | 'doubtful' | 'nothing' | 'own'

export interface Certainty {
  readonly level: Level
  readonly word: string
  /** The figure behind the word. */
  readonly title: string
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`

function levelOf({ value, confidence, certified }: ResultField): Exclude<Level, 'own'> {
  if (value === null) return 'nothing'
  if (certified || confidence >= 0.9) return 'sure'
  return confidence >= 0.7 ? 'likely' : 'doubtful'
}

const words: Readonly<Record<Level, string>> = {
  sure: 'sure',
  likely: 'likely',
  doubtful: 'doubtful',
  nothing: 'not found',
  own: 'yours',
}

/**
 * How sure Parallax is of a value, in a word; of a value that a person gave, that it is theirs. `corrector` is who has
 * corrected it earlier.
 */
export function certaintyOf(
  field: ResultField | undefined,
  edited: boolean,
  corrector: string | null = null,
): Certainty {
  if (edited) return { level: 'own', word: words.own, title: 'You wrote this value' }
  if (corrector !== null) return { level: 'own', word: 'corrected', title: `Corrected by ${corrector}` }
  if (!field) return { level: 'nothing', word: words.nothing, title: 'No value was looked for here' }
  const level = levelOf(field)
  const title =
    level === 'nothing' ? 'No value was found' : `Right with a probability of ${percent(field.confidence)}`
  return { level, word: field.certified ? 'certified' : words[level], title }
}
