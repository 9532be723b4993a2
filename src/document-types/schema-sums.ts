import { addsUp } from '../templating/arithmetic.ts'
import type { Concept } from '../templating/captions/lexicon.ts'
import type { Question } from '../templating/captions/question.ts'
import type { Repair } from '../templating/template.ts'
import type { JsonPointer } from '../core/extraction.ts'
import type { AskedList } from './schema-questions.ts'

/** The one field of the whole document that stands for a concept; null where none or several do. */
function fieldFor(concept: Concept, questions: readonly Question[]): JsonPointer | null {
  const found = questions.filter(
    ({ kind, owner, concepts }) => kind === 'amount' && owner === null && concepts.has(concept),
  )
  return found.length === 1 ? found[0]!.pointer : null
}

/** The column of a list that stands for a concept. */
const keyFor = ({ columns }: AskedList, concept: Concept): string | null =>
  Object.entries(columns).find(([, { concepts }]) => concepts.has(concept))?.[0] ?? null

/** The list whose records have an amount, with what it is made of. */
function linesOf(lists: readonly AskedList[]) {
  const [list] = lists.filter((one) => keyFor(one, 'amount') !== null)
  const amount = list && keyFor(list, 'amount')
  if (!list || !amount || lists.length > 1) return undefined
  const [quantity, unitPrice] = [keyFor(list, 'quantity'), keyFor(list, 'unitPrice')]
  return {
    records: list.pointer,
    amount,
    quantity: quantity ?? 'quantity',
    unitPrice: unitPrice ?? 'unitPrice',
  }
}

/**
 * What the amounts that a schema asks for say of each other, where their names tell that they are the net amount, the tax and the
 * total of one document: net and tax, less a discount, with the costs of shipping, make the total (EN 16931-1, BR-CO-13 to 15), and
 * the lines make the net amount. Shares are assumed, not counted.
 */
export function sumsOf(questions: readonly Question[], lists: readonly AskedList[]): readonly Repair[] {
  const total = fieldFor('total', questions) ?? fieldFor('amountDue', questions)
  const first = fieldFor('net', questions)
  if (total === null || first === null) return []
  const [tax, discount, shipping] = (['tax', 'discount', 'shipping'] as const).map((c) =>
    fieldFor(c, questions),
  )
  const lines = linesOf(lists)
  return [
    addsUp({
      total,
      first,
      parts: [
        ...(tax ? [{ field: tax, counted: 0.95, absent: 0.2 }] : []),
        ...(discount ? [{ field: discount, sign: -1 as const, counted: 0.4, absent: 0.8 }] : []),
        ...(shipping ? [{ field: shipping, counted: 0.4, absent: 0.8 }] : []),
      ],
      ...(lines && { lines }),
    }),
  ]
}
