import { anchor } from '../anchor.ts'
import { columnTable } from '../column-table.ts'
import { firstOf } from '../first-of.ts'
import { knownText } from '../known-text.ts'
import { linearRegex } from '../linear-regex.ts'
import type { ValueParser } from '../parsers.ts'
import { fixedRegion, lineRegion } from '../region.ts'
import { fieldRule, type FieldRule, type RecordsRule } from '../rule.ts'
import { valueParsers, type ParserName, type Way } from './vendor-template.ts'

type Region = NonNullable<Way['region']>
type Table = NonNullable<Way['table']>

const parserOf = (name: ParserName | undefined, usual: ValueParser): ValueParser =>
  name === undefined ? usual : valueParsers[name]

const regionRule = (
  { box, page = 1, below = [], above = [], rows, x }: Region,
  as: ValueParser,
): FieldRule =>
  box
    ? fixedRegion({ box, page }, { as })
    : lineRegion({ below, above, lines: rows ?? (above.length > 0 ? Infinity : 1), x: x ?? [0, 1] }, { as })

function finderOf({ text, anchor: labels, regex, region }: Way, as: ValueParser): FieldRule {
  if (text) return firstOf(...text.map(knownText))
  if (labels) return anchor(labels[0]!, { as, or: labels.slice(1) })
  if (regex !== undefined) return linearRegex(regex, { as })
  return regionRule(region!, as)
}

/** The rule of one way to find a value that is usually parsed by `usual`. */
export function fieldRuleOf(way: Way, usual: ValueParser): FieldRule {
  const rule = finderOf(way, parserOf(way.as, usual))
  return way.take === 'last' ? fieldRule((context) => [...rule.find(context)].reverse()) : rule
}

/** The rule of a table; `usual` has the parsers of all columns of the list, those that it does not show too. */
export function tableRuleOf(
  { from = [], to = [], starts, columns }: Table,
  usual: Readonly<Record<string, ValueParser>>,
): RecordsRule {
  const placed = Object.entries(columns).map(([key, { x, row = 0, wraps = false, as }]) => {
    return [key, { x, row, wraps, as: parserOf(as, usual[key] ?? valueParsers.text) }] as const
  })
  const rule = columnTable({ from, to, starts, columns: Object.fromEntries(placed) })
  const empty = Object.fromEntries(Object.keys(usual).map((key) => [key, []]))
  return { kind: 'records', find: (context) => rule.find(context).map((record) => ({ ...empty, ...record })) }
}

/** The first way that finds anything. */
export function firstRecords(rules: readonly RecordsRule[]): RecordsRule {
  return {
    kind: 'records',
    find: (context) => {
      for (const rule of rules) {
        const found = rule.find(context)
        if (found.length > 0) return found
      }
      return []
    },
  }
}

/** The first rule whose candidates are the only ones; those of the next count only where it finds nothing. */
export const firstFound = (rules: readonly FieldRule[]): FieldRule =>
  fieldRule((context) => {
    for (const rule of rules) {
      const found = rule.find(context)
      if (found.length > 0) return found
    }
    return []
  })
