import type { Template } from '../core/document-type.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { answeredBy, together } from '../templating/captions/asked.ts'
import { answersTo } from '../templating/captions/answers.ts'
import { partiesOf } from '../templating/captions/parties.ts'
import { headedTable } from '../templating/captions/headed-table.ts'
import type { Question } from '../templating/captions/question.ts'
import { currency } from '../templating/currency.ts'
import { fuller, records } from '../templating/records.ts'
import {
  fieldRule,
  type FieldRule,
  type FillContext,
  type Finding,
  type RecordsRule,
} from '../templating/rule.ts'
import { template } from '../templating/template.ts'
import { askedBy, type AskedList } from './schema-questions.ts'
import { sumsOf } from './schema-sums.ts'

type Answers = ReadonlyMap<JsonPointer, readonly Finding[]>

/** All questions are answered together, once for what all rules look at: what answers one field says something of the others. */
function allAtOnce(questions: readonly Question[]): (context: FillContext) => Answers {
  const known = new WeakMap<FillContext, Answers>()
  return (context) => {
    const answers = known.get(context) ?? answersIn(questions, context)
    known.set(context, answers)
    return answers
  }
}

/** What a model's answer is worth that stands at another field's caption, where the field's own stands elsewhere. */
const another = 0.5

function lessWhereAnothers(byModel: readonly Finding[], pointer: JsonPointer, byCaptions: Answers) {
  const [own] = byCaptions.get(pointer) ?? []
  if (!own) return byModel
  const taken = new Set(
    [...byCaptions].flatMap(([of, [first]]) => (of !== pointer && first ? [first.words[0]] : [])),
  )
  return byModel.map((one) =>
    taken.has(one.words[0]) && own.words[0] !== one.words[0]
      ? { ...one, confidence: one.confidence * another }
      : one,
  )
}

/** What answers each question on these pages: candidates, the likeliest first. */
export function answersIn(questions: readonly Question[], context: FillContext): Answers {
  const byModel = answeredBy(questions, context)
  const byCaptions = answersTo(questions, context)
  const answers = new Map(
    questions.map(({ pointer }) => [
      pointer,
      together(
        lessWhereAnothers(byModel.get(pointer) ?? [], pointer, byCaptions),
        byCaptions.get(pointer) ?? [],
      ),
    ]),
  )
  return partiesOf(questions, answers, context)
}

/** A currency is named by the signs beside amounts too. */
function orSigns(rule: FieldRule, { kind, parse }: Question): FieldRule {
  if (kind !== 'currency') return rule
  const signs = currency()
  return fieldRule((context) => {
    const found = rule.find(context)
    if (found.length > 0) return found
    return signs.find(context).filter(({ value }) => parse(String(value), context.locale) !== null)
  })
}

/** Captions that surely mean another value end a table. */
const surely = 0.9

function recordsRule({ columns }: AskedList, questions: readonly Question[]): RecordsRule {
  const outside = questions.flatMap(({ wordings }) => wordings.filter(({ strength }) => strength > surely))
  const headed = headedTable(
    columns,
    outside.map(({ spelled }) => spelled),
  )
  const labelled = Object.entries(columns).map(
    ([key, { field, parse }]) => [key, { label: field.pointer, as: parse }] as const,
  )
  return fuller(records(Object.fromEntries(labelled)), headed)
}

/**
 * A template for a schema that comes without one: each property is looked for by its title, its captions and the words of
 * its path as printed captions, and by what documents call such things, and what a model that was asked for it has
 * answered counts; lists of objects are what it says, or what stands below their headings where that fills more columns.
 */
export function templateFromSchema(schema: object, name: string): Template {
  const { questions, lists } = askedBy(schema, name)
  const answers = allAtOnce(questions)
  const fields = questions.map((question) => {
    const rule = fieldRule((context) => answers(context).get(question.pointer) ?? [])
    return [question.pointer, orSigns(rule, question)] as const
  })
  const records = lists.map((list) => [list.pointer, recordsRule(list, questions)] as const)
  return template(
    Object.fromEntries<FieldRule | RecordsRule>([...fields, ...records]),
    ...sumsOf(questions, lists),
  )
}
