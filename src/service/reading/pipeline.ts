import type { Engine } from '../../core/engines.ts'
import type { Split } from '../../core/part.ts'

/** Engines as they stand in a pipeline: `tesseract@5.5+rules@3`. */
export const enginesText = (...engines: readonly Engine[]): string =>
  engines.map(({ name, revision }) => `${name}@${revision}`).join('+')

/** All that decides how a document is read: the revision of Parallax (see `readingRevision`), then `enginesText`. */
export const pipelineText = (revision: string, engines: string): string => `parallax@${revision}+${engines}`

/** Of the rules and weights of `segmenting`. */
const partsRevision = 1

/**
 * How a file is split, as it stands in a pipeline behind the engines: by the words of which engine, where none of the engines
 * reads any; nothing where each file is one document.
 */
export const splitText = (split: Split, ocr: string, readsWords: boolean): string =>
  split === 'never' ? '' : `+parts@${partsRevision}${readsWords ? '' : `(${ocr})`}`

/** The setting that a pipeline was made with. */
export const splitOf = (pipeline: string): Split => (/\+parts@\d+/.test(pipeline) ? 'auto' : 'never')
