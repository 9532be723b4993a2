/** What OCR reads where a digit is printed. */
const confusions: Readonly<Record<string, string>> = {
  O: '0', o: '0', Q: '0', D: '0',
  I: '1', l: '1', i: '1', '|': '1', ']': '1', '[': '1', '!': '1',
  Z: '2', z: '2',
  S: '5', s: '5', '§': '5',
  B: '8',
} // prettier-ignore

/** Runs of what may be a number; the look-behind lets no run start inside another, which keeps the search linear. */
const mixed = /(?<![\p{L}\dOoQDIli|\][!ZzSs§B.,/:-])[\dOoQDIli|\][!ZzSs§B.,/:-]+(?!\p{L})/gu

/**
 * Puts digits where letters were read inside a number; the length stays, so offsets still point at the same words.
 * Tokens with fewer digits than letters are left alone.
 * @example repairDigits('TOTAL 1O.5O') // 'TOTAL 10.50'
 */
export function repairDigits(text: string): string {
  return text.replace(mixed, (token) => {
    const digits = token.match(/\d/g)?.length ?? 0
    const letters = token.match(/[A-Za-z|\][!§]/g)?.length ?? 0
    if (digits === 0 || letters === 0 || digits < letters) return token
    return token.replace(/[A-Za-z|\][!§]/g, (c) => confusions[c] ?? c)
  })
}
