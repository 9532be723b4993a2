import type { Engine } from '../../core/engines.ts'

/** Engines as they stand in a pipeline: `tesseract@5.5+rules@3`. */
export const enginesText = (...engines: readonly Engine[]): string =>
  engines.map(({ name, revision }) => `${name}@${revision}`).join('+')

/** All that decides how a document is read: the revision of Parallax (see `readingRevision`), then `enginesText`. */
export const pipelineText = (revision: string, engines: string): string => `parallax@${revision}+${engines}`
