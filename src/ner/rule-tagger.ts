import type { OcrPage } from '../core/document.ts'
import type { Entity, EntityTagger, Labeller } from '../core/engines.ts'
import { rulesRevision } from '../identity/own-revision.ts'
import { nextGroup } from './rules/groups.ts'

/** The entities of labellers one after the other; each numbers its records from 0. */
function labelAll(labellers: readonly Labeller[], pages: readonly OcrPage[]): readonly Entity[] {
  const all: Entity[] = []
  for (const labeller of labellers) {
    const first = nextGroup(all)
    const own = labeller.label(pages)
    all.push(...own.map((e) => (e.group === null ? e : { ...e, group: e.group + first })))
  }
  return all
}

/** The labellers of a document type as one tagger. Several entities of a label are candidates, the likeliest first. */
export function ruleTagger(labellers: readonly Labeller[]): EntityTagger {
  return {
    name: 'rules',
    revision: rulesRevision(),
    labels: [...new Set(labellers.flatMap(({ labels }) => labels))],
    async tag(pages, signal) {
      signal?.throwIfAborted()
      return labelAll(labellers, pages)
    },
  }
}
