import type { Entity } from '../core/engines.ts'
import { text, type ValueParser } from './parsers.ts'
import { fieldRule, findingsOf, type FieldRule, type FillContext, type Finding } from './rule.ts'

export interface EntityOptions {
  readonly as?: ValueParser
}

export function findingOf(entity: Entity, parse: ValueParser, { locale }: FillContext): readonly Finding[] {
  return findingsOf(parse(entity.words.map((w) => w.text).join(' '), locale), entity)
}

/** What the tagger labelled, best first; entities that do not parse are passed over. */
export function entity(label: string, { as = text }: EntityOptions = {}): FieldRule {
  return fieldRule(
    (context) => context.entities.filter((e) => e.label === label).flatMap((e) => findingOf(e, as, context)),
    [label],
  )
}
