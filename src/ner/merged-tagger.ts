import type { Entity, EntityTagger } from '../core/engines.ts'

const isRecordPart = (entity: Entity): boolean => entity.group !== null

const sameWords = (a: Entity, b: Entity): boolean =>
  a.words.length === b.words.length && a.words.every((word) => b.words.includes(word))

/** What both found is wrong only where both are. */
const agreed = (a: number, b: number): number => 1 - (1 - a) * (1 - b)

/** Entities of single values: what both taggers found counts once, and for more. */
function merge(first: readonly Entity[], second: readonly Entity[]): Entity[] {
  const twinOf = (entity: Entity, others: readonly Entity[]): Entity | undefined =>
    others.find((other) => other.label === entity.label && sameWords(other, entity))
  const merged = first.map((entity) => {
    const twin = twinOf(entity, second)
    return twin ? { ...entity, confidence: agreed(entity.confidence, twin.confidence) } : entity
  })
  return [...merged, ...second.filter((entity) => !twinOf(entity, first))]
}

/**
 * Two taggers as one: what both found ranks above what one found, and records are those of the first where it found
 * any.
 */
export function mergedTagger(first: EntityTagger, second: EntityTagger): EntityTagger {
  return {
    name: `${first.name}+${second.name}`,
    revision: `${first.revision}+${second.revision}`,
    labels: [...new Set([...first.labels, ...second.labels])],
    async tag(pages, signal) {
      const [a, b] = [await first.tag(pages, signal), await second.tag(pages, signal)]
      const single = merge(
        a.filter((e) => !isRecordPart(e)),
        b.filter((e) => !isRecordPart(e)),
      )
      const records = a.some(isRecordPart) ? a.filter(isRecordPart) : b.filter(isRecordPart)
      return [...single.sort((x, y) => y.confidence - x.confidence), ...records]
    },
    async dispose() {
      await first.dispose?.()
      await second.dispose?.()
    },
  }
}
