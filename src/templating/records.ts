import type { Entity } from '../core/engines.ts'
import { checkKeys } from '../core/pointer.ts'
import { findingOf } from './entity.ts'
import { text, type ValueParser } from './parsers.ts'
import type { RecordsRule } from './rule.ts'

export interface Column {
  readonly label: string
  readonly as?: ValueParser
}

function grouped(entities: readonly Entity[]): readonly (readonly Entity[])[] {
  const groups = new Map<number, Entity[]>()
  for (const e of entities) {
    if (e.group !== null) groups.set(e.group, [...(groups.get(e.group) ?? []), e])
  }
  return [...groups.values()]
}

/**
 * One record for each group of entities that the tagger saw as a line.
 * @example records({ description: { label: 'ITEM_DESCRIPTION' }, amount: { label: 'ITEM_AMOUNT', as: money } })
 */
export function records(columns: Readonly<Record<string, Column>>): RecordsRule {
  checkKeys(Object.keys(columns))
  const labels = new Set(Object.values(columns).map((c) => c.label))
  return {
    kind: 'records',
    labels: [...labels],
    find: (context) =>
      grouped(context.entities.filter((e) => labels.has(e.label))).map((group) =>
        Object.fromEntries(
          Object.entries(columns).map(([key, { label, as = text }]) => [
            key,
            group.filter((e) => e.label === label).flatMap((e) => findingOf(e, as, context)),
          ]),
        ),
      ),
  }
}

type Found = ReturnType<RecordsRule['find']>

/** How many columns have a value in at least half of the records. */
function filledColumns(records: Found): number {
  const keys = new Set(records.flatMap((record) => Object.keys(record)))
  const isFilled = (key: string): boolean =>
    records.filter((record) => (record[key]?.length ?? 0) > 0).length * 2 >= records.length
  return [...keys].filter(isFilled).length
}

/** The records of the rule that fills more columns, of the first where both fill as many: nobody has to give the labels of the first. */
export function fuller(first: RecordsRule, second: RecordsRule): RecordsRule {
  return {
    ...second,
    find(context) {
      const [found, other] = [first.find(context), second.find(context)]
      return found.length > 0 && filledColumns(found) >= filledColumns(other) ? found : other
    },
  }
}
