import { spellingsOf, type Concept } from './lexicon.ts'
import { isBoundary, type Occurrence } from './occurrences.ts'
import type { Owner } from './question.ts'
import type { Marked } from './surroundings.ts'

const parties: readonly Concept[] = ['seller', 'buyer', 'shipTo']
const sellers = new Set(['from', 'to', 'company', 'name', 'shop', 'store', 'von', 'de', 'à', 'a'])

/** Whose section a caption begins: an owner of the type's, another party, or nobody's. */
function ownerAt({ spelled }: Occurrence, owners: readonly Owner[]): Owner | Concept | null {
  const own = owners.find(({ spellings }) => spellings.includes(spelled))
  if (own) return own
  if (sellers.has(spelled)) return null
  return parties.find((concept) => spellingsOf(concept).includes(spelled)) ?? null
}

const isOf = (owner: Owner, found: Owner | Concept): boolean => owner === found || owner.concept === found

/** How far below its caption a party's section goes, in heights of a line: what is farther off is of the whole document. */
const sectionHeight = 14

/**
 * How well a caption stands in its owner's section: 1 below or beside the owner's own caption, 0 in another's, 0.9 in the
 * head of the first page for a seller, and 0.6 where nothing tells.
 */
export function affinity(marked: Marked, at: Occurrence, owner: Owner, owners: readonly Owner[]): number {
  const { sheet, captions } = marked
  const box = sheet.rows[at.row]![at.cell]!.box
  for (let row = at.row; row >= 0; row--) {
    const top = sheet.rows[row]![0]?.box[1] ?? box[1]
    if ((box[1] - top) / sheet.lineHeight > sectionHeight) break
    const heads = (captions.get(row) ?? []).filter(
      (one) => one !== at && isBoundary(one) && (row < at.row || one.cell <= at.cell),
    )
    const near = heads
      .map((one) => ({ found: ownerAt(one, owners), box: sheet.rows[row]![one.cell]!.box }))
      .filter((head) => head.found !== null && head.box[0] <= box[0] + 4 * sheet.charWidth)
      .sort((a, b) => b.box[0] - a.box[0])[0]
    if (near?.found) return isOf(owner, near.found) ? 1 : 0
  }
  return owner.concept === 'seller' && sheet.page === 1 ? 0.9 : 0.6
}
