import { amountRoles, phrasesFor, type AmountRole } from '../../values/lexicon.ts'
import { phraseTokens, tokensSay } from '../../values/phrases.ts'

export { phraseTokens, says } from '../../values/phrases.ts'
export type { AmountRole } from '../../values/lexicon.ts'

/** What a line of amounts is about, in all languages of the lexicons. */
const amountPhrases = Object.fromEntries(amountRoles.map((role) => [role, phrasesFor(role)])) as Readonly<
  Record<AmountRole, readonly string[]>
>

/** Headings below which amounts repeat what was already said. */
export const summaryPhrases = phrasesFor('summary')

/** Everything a line is about. */
export function rolesOf(text: string): ReadonlySet<AmountRole> {
  const tokens = phraseTokens(text)
  return new Set(amountRoles.filter((role) => tokensSay(tokens, amountPhrases[role])))
}
