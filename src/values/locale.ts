import { currencyOf } from './money.ts'

/** What a country decides about how values are printed. */
export interface Locale {
  /** ISO 3166, or null when nothing on the page tells. */
  readonly country: string | null
  readonly dayFirst: boolean
  /** ISO 4217 by printed symbols and codes, or by country where an undecided "$" is printed; else null. */
  readonly currency: string | null
}

/** What only documents of one country print, in order of how much it tells. */
const countryMarks: readonly (readonly [country: string, mark: RegExp])[] = [
  ['MY', /\bSDN\.?\s*BHD\b|\bS\/B\b|\bMALAYSIA\b|\bSELANGOR\b|\bKUALA LUMPUR\b|\bJOHOR\b|\bPERAK\b|\bJALAN\b/i],
  ['SG', /\bPTE\.?\s*LTD\b|\bSINGAPORE\b/i],
  ['DE', /\bGMBH\b|\bMWST\b|\bUST-?ID|STRA(ß|SS)E(?!\p{L})|\bDEUTSCHLAND\b/iu],
  ['FR', /\bTVA\b|\bSIRET\b|\bTTC\b|\bFRANCE\b/i],
  ['IN', /\bGSTIN\b|\bCGST\b|\bSGST\b|\bINDIA\b|₹/i],
  ['AU', /\bABN\b|\bAUSTRALIA\b|\bPTY\.?\s*LTD\b/i],
  ['GB', /£|\bUNITED KINGDOM\b|\bVAT REG\b/i],
  ['CA', /\bHST\b|\bCANADA\b|\bONTARIO\b/i],
  ['US', /\b(A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])\.?,?\s+\d{5}\b|\bSALES TAX\b|\bUSA\b/],
] // prettier-ignore

const dollars: Readonly<Record<string, string>> = { MY: 'MYR', SG: 'SGD', AU: 'AUD', CA: 'CAD', US: 'USD' }

/** Guesses the country from the page's text, and from it what is not printed. */
export function detectLocale(text: string): Locale {
  const country = countryMarks.find(([, mark]) => mark.test(text))?.[0] ?? null
  const undecided = text.includes('$') ? (dollars[country ?? 'US'] ?? 'USD') : null
  const currency = currencyOf(text) ?? undecided
  const monthFirst = country === 'US' || (country === null && currency === 'USD')
  return { country, dayFirst: !monthFirst, currency }
}
