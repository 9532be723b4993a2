import type { Entity, EntityTagger } from '../core/engines.ts'
import { fingerprint, revision } from '../identity/fingerprint.ts'
import type { Merging, RecordLabels } from '../onnx/type-model.ts'
import { noRecordsOdds, recordEvidence, recordOdds } from './record-odds.ts'

const isRecordPart = (entity: Entity): boolean => entity.group !== null

/** Whether an entity is part of a record of the labels. */
const isOf =
  ({ description, quantity, unitPrice, amount }: RecordLabels) =>
  ({ label }: Entity): boolean =>
    [description, quantity, unitPrice, amount].includes(label)

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

type Contradiction = Merging['contradictedBy'][string]

/** Whether what the rules see in some words speaks against another label for them. */
const rivals: Readonly<Record<Contradiction, (isRecord: boolean, records: number) => boolean>> = {
  anything: () => true,
  'single values': (isRecord) => !isRecord,
  'several records': (isRecord, records) => isRecord && records > 1,
}

/** Whether the rules see something else in the words of an entity of the network. */
function isContradicted(
  { label, words }: Entity,
  rules: readonly Entity[],
  { contradictedBy, records: labels }: Merging,
): boolean {
  const isItem = isOf(labels)
  const records = new Set(rules.filter(isItem).map(({ group }) => group)).size
  const kind = contradictedBy[label]
  if (kind === undefined) return false
  return rules.some(
    (rule) => rivals[kind](isItem(rule), records) && rule.words.some((word) => words.includes(word)),
  )
}

/** Of what rules come first for: theirs; of the network where the rules have none of a label and nothing against it. */
function preferRules(network: readonly Entity[], rules: readonly Entity[], merging: Merging): Entity[] {
  const isFirst = ({ label }: Entity): boolean => merging.rulesFirst.includes(label)
  const labels = new Set(rules.map(({ label }) => label))
  const left = network.filter((e) => isFirst(e) && !labels.has(e.label) && !isContradicted(e, rules, merging))
  return [...rules.filter(isFirst), ...left]
}

/** The records of that tagger whose are likelier right, of the network where both are as likely; where it sees none, there may be none. */
function likelierRecords(
  network: readonly Entity[],
  rules: readonly Entity[],
  sums: readonly Entity[],
  labels: RecordLabels,
): readonly Entity[] {
  if (rules.length === 0) return network
  const odds = (own: readonly Entity[]): number =>
    own.length === 0 ? noRecordsOdds : recordOdds(recordEvidence(own, sums, [...network, ...rules], labels))
  return odds(rules) > odds(network) ? rules : network
}

const byConfidence = (entities: readonly Entity[]): Entity[] =>
  [...entities].sort((a, b) => b.confidence - a.confidence)

/**
 * A network and rules as one tagger. What both found ranks above what one found; where `merging` has the rules come first, theirs
 * count where they found any; records are those that are likelier right.
 */
export function mergedTagger(network: EntityTagger, rules: EntityTagger, merging: Merging): EntityTagger {
  const isSum = ({ label }: Entity): boolean => merging.rulesFirst.includes(label)
  const isItem = isOf(merging.records)
  return {
    name: `${network.name}+${rules.name}`,
    // How the two are merged decides too; it counts with the rules, so that what was fitted for the network stays so.
    revision: `${network.revision}+${revision(rules.revision, fingerprint([JSON.stringify(merging)]))}`,
    labels: [...new Set([...network.labels, ...rules.labels])],
    async tag(pages, signal) {
      const [first, second] = [await network.tag(pages, signal), await rules.tag(pages, signal)]
      const where = (is: (e: Entity) => boolean): [Entity[], Entity[]] => [
        first.filter(is),
        second.filter(is),
      ]
      const sums = preferRules(first, second, merging)
      const single = merge(...where((e) => !isRecordPart(e) && !isSum(e)))
      const items = likelierRecords(...where(isItem), sums, merging.records)
      const others = where((e) => isRecordPart(e) && !isItem(e)).flat()
      return [...byConfidence(single), ...sums, ...items, ...others]
    },
    async dispose() {
      await network.dispose?.()
      await rules.dispose?.()
    },
  }
}
