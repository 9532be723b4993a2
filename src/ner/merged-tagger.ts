import type { Entity, EntityTagger } from '../core/engines.ts'
import { recordEvidence, recordOdds } from './record-odds.ts'

const isRecordPart = (entity: Entity): boolean => entity.group !== null
const isItem = ({ label }: Entity): boolean => label.startsWith('ITEM_')

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

/** Amounts that stand in rows of like amounts: rules that know what a caption calls them tell them apart best. */
const sumLabels = ['SUBTOTAL', 'DISCOUNT', 'SERVICE_CHARGE', 'TAX', 'ROUNDING', 'TIP', 'TOTAL']
const isSum = ({ label }: Entity): boolean => sumLabels.includes(label)

/** Those of the second tagger; of the first where the second has none of a label and calls the words nothing else. */
function preferSecond(first: readonly Entity[], second: readonly Entity[]): Entity[] {
  const taken = new Set(second.filter((e) => !isItem(e)).flatMap(({ words }) => words))
  const labels = new Set(second.map(({ label }) => label))
  const left = first.filter(({ label, words }) => !labels.has(label) && !words.some((w) => taken.has(w)))
  return [...second.filter(isSum), ...left]
}

/** The records of that tagger whose are likelier right; of the first where both are as likely. */
function likelierRecords(
  first: readonly Entity[],
  second: readonly Entity[],
  sums: readonly Entity[],
): readonly Entity[] {
  if (first.length === 0 || second.length === 0) return first.length === 0 ? second : first
  const odds = (own: readonly Entity[]): number =>
    recordOdds(recordEvidence(own, sums, [...first, ...second]))
  return odds(second) > odds(first) ? second : first
}

const byConfidence = (entities: readonly Entity[]): Entity[] =>
  [...entities].sort((a, b) => b.confidence - a.confidence)

/**
 * A network and rules as one tagger. What both found ranks above what one found; sums are those of the rules where they
 * found any (chosen on merchants that the network had not seen, and on samples), records those that are likelier right.
 */
export function mergedTagger(network: EntityTagger, rules: EntityTagger): EntityTagger {
  return {
    name: `${network.name}+${rules.name}`,
    revision: `${network.revision}+${rules.revision}`,
    labels: [...new Set([...network.labels, ...rules.labels])],
    async tag(pages, signal) {
      const [first, second] = [await network.tag(pages, signal), await rules.tag(pages, signal)]
      const where = (is: (e: Entity) => boolean): [Entity[], Entity[]] => [
        first.filter(is),
        second.filter(is),
      ]
      const sums = preferSecond(first.filter(isSum), second)
      const single = merge(...where((e) => !isRecordPart(e) && !isSum(e)))
      const items = likelierRecords(...where(isItem), sums)
      const others = where((e) => isRecordPart(e) && !isItem(e)).flat()
      return [...byConfidence(single), ...sums, ...items, ...others]
    },
    async dispose() {
      await network.dispose?.()
      await rules.dispose?.()
    },
  }
}
