import type { Entity, EntityTagger } from '../core/engines.ts'
import { noRecordsOdds, recordEvidence, recordOdds } from './record-odds.ts'

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

/** What the network may have taken for a label though the rules see something else in the words. */
const rivals: Readonly<Record<string, (rule: Entity, items: number) => boolean>> = {
  TIP: () => true,
  TAX: (rule) => !isItem(rule),
  SUBTOTAL: (rule, items) => isItem(rule) && items > 1,
}

function contradicts({ label, words }: Entity, rules: readonly Entity[]): boolean {
  const items = new Set(rules.filter(isItem).map(({ group }) => group)).size
  const isRival = rivals[label] ?? (() => false)
  return rules.some((rule) => isRival(rule, items) && rule.words.some((word) => words.includes(word)))
}

/** Those of the rules; of the network where the rules have none of a label and nothing against it. */
function preferRules(network: readonly Entity[], rules: readonly Entity[]): Entity[] {
  const labels = new Set(rules.map(({ label }) => label))
  const left = network.filter((e) => isSum(e) && !labels.has(e.label) && !contradicts(e, rules))
  return [...rules.filter(isSum), ...left]
}

/** The records of that tagger whose are likelier right, of the network where both are as likely; where it sees none, there may be none. */
function likelierRecords(
  network: readonly Entity[],
  rules: readonly Entity[],
  sums: readonly Entity[],
): readonly Entity[] {
  if (rules.length === 0) return network
  const odds = (own: readonly Entity[]): number =>
    own.length === 0 ? noRecordsOdds : recordOdds(recordEvidence(own, sums, [...network, ...rules]))
  return odds(rules) > odds(network) ? rules : network
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
      const sums = preferRules(first, second)
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
