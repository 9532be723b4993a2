import { fieldRule, type FieldRule } from './rule.ts'

/** What the first rule finds that finds anything, with the others' findings as further candidates. */
export function firstOf(...rules: readonly FieldRule[]): FieldRule {
  return fieldRule(
    (context) => rules.flatMap((rule) => rule.find(context)),
    rules.flatMap(({ labels = [] }) => labels),
  )
}
