import { distance } from 'fastest-levenshtein'
import type { Reading } from '../core/document-type.ts'
import type { JsonPointer, Scalar } from '../core/extraction.ts'
import type { FieldQuestion } from '../core/field-question.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { answersTo } from '../templating/captions/answers.ts'
import { isFree } from '../templating/captions/kinds.ts'
import { pairsOn, type Pair } from '../templating/captions/pairs.ts'
import type { Question } from '../templating/captions/question.ts'
import { spell } from '../templating/captions/spelling.ts'
import type { FillContext, Finding } from '../templating/rule.ts'
import { contextOf } from '../templating/template.ts'
import { askedBy } from './schema-questions.ts'
import { answersIn } from './schema-template.ts'

/** What a field of a schema finds on a document, and what would have helped it. */
export interface TriedField {
  readonly pointer: JsonPointer
  /** In which words it is asked for, the first of which count most. */
  readonly asked: readonly string[]
  readonly value: Scalar
  readonly text: string | null
  /** 0 to 1; of a schema's own fields no probability that it is right. */
  readonly confidence: number
  readonly page: number | null
  /** The caption that stands by the value; null where none does. */
  readonly caption: string | null
  /** The next likely value. */
  readonly second: {
    readonly value: Scalar
    readonly confidence: number
    readonly caption: string | null
  } | null
  /** Captions of the page that lead to a value of the field, or to the one that was found, once they are named in `x-captions`. */
  readonly hints: readonly string[]
}

/** Below, a value is as good as not found: another caption is looked for. */
const unsure = 0.5
const mostHints = 3

const askedIn = ({ phrases }: FieldQuestion): readonly string[] =>
  phrases.filter(({ kind }) => kind !== 'owner' && kind !== 'example').map(({ text }) => text)

/** The caption by whose value a finding stands. */
const captionBy = ({ page, words }: Finding, pairs: readonly Pair[]): Pair | null =>
  pairs.find((pair) => pair.page === page && words.length > 0 && pair.words.includes(words[0]!)) ??
  pairs.find(
    (pair) => pair.page === page && words.some(({ box }) => pair.words.some((w) => w.box === box)),
  ) ??
  null

/** How alike two captions are, 0 to 1. */
const alike = (a: string, b: string): number => 1 - distance(a, b) / Math.max(a.length, b.length, 1)

const names = ({ wordings }: Question, { spelled }: Pair): boolean =>
  wordings.some((wording) => wording.spelled === spelled)

/** What a field finds when it is asked for by a caption too. */
function withCaption(question: Question, { spelled }: Pair, context: FillContext): Finding | undefined {
  const wording = { spelled, strength: 1, isShared: false, isSpan: false, isStandIn: false }
  const asked = { ...question, wordings: [wording], withoutCaption: null }
  return answersTo([asked], context).get(question.pointer)?.[0]
}

/** Captions that lead to a value of the field where nobody names them yet, those most like its own names first. */
function hintsFor(
  question: Question,
  asked: readonly string[],
  free: readonly Pair[],
  context: FillContext,
): readonly string[] {
  const likeness = ({ spelled }: Pair): number =>
    Math.max(0, ...asked.map((text) => alike(spelled, spell(text))))
  return free
    .filter((pair) => !isFree(question.kind) || likeness(pair) > 0.4)
    .filter((pair) => withCaption(question, pair, context) !== undefined)
    .sort((a, b) => likeness(b) - likeness(a))
    .map(({ caption }) => caption)
    .filter((caption, i, all) => all.indexOf(caption) === i)
    .slice(0, mostHints)
}

function triedField(
  question: Question,
  field: FieldQuestion,
  findings: readonly Finding[],
  taken: ReadonlySet<Pair>,
  pairs: readonly Pair[],
  context: FillContext,
): TriedField {
  const asked = askedIn(field)
  const [first, second] = findings
  const by = first ? captionBy(first, pairs) : null
  const isSure = first !== undefined && first.confidence >= unsure
  const free = pairs.filter((pair) => !taken.has(pair) && !names(question, pair))
  const own = by && !names(question, by) ? [by.caption] : []
  return {
    pointer: question.pointer,
    asked,
    value: first?.value ?? null,
    text: first?.text ?? null,
    confidence: first?.confidence ?? 0,
    page: first?.page ?? null,
    caption: by?.caption ?? null,
    second: second
      ? {
          value: second.value,
          confidence: second.confidence,
          caption: captionBy(second, pairs)?.caption ?? null,
        }
      : null,
    hints: isSure
      ? own
      : [...new Set([...own, ...hintsFor(question, asked, free, context)])].slice(0, mostHints),
  }
}

/**
 * How each field of a schema is asked for on a document, what it finds and by which caption, what comes second, and which captions
 * would have led to a value. Lists are read by their headings and are not among them.
 */
export function trySchema(schema: SchemaNode, name: string, reading: Reading): readonly TriedField[] {
  const context = contextOf(reading)
  const { questions, fields } = askedBy(schema, name)
  const answers = answersIn(questions, context)
  const spellings = questions.flatMap(({ wordings }) => wordings.map(({ spelled }) => spelled))
  const pairs = pairsOn(reading.pages, spellings)
  const found = questions.map(({ pointer }) => answers.get(pointer) ?? [])
  const sure = found.flatMap(([first]) => (first && first.confidence >= unsure ? [first] : []))
  const taken = new Set(sure.flatMap((finding) => captionBy(finding, pairs) ?? []))
  const asked = new Map(fields.map((field) => [field.pointer, field]))
  return questions.map((question, i) =>
    triedField(question, asked.get(question.pointer)!, found[i]!, taken, pairs, context),
  )
}
