/** The models that are used where nobody asks for another, as folders of `models/`. */
export const currentModels = {
  /** What reads documents of a type that has no model of its own. */
  general: 'general/1',
  lineDetector: 'line-detector/1',
  lineReader: 'line-reader/3',
  /** Corrects single letters of what is read, by what stands beside them. */
  characters: 'receipt-characters/1',
} as const
