const maxLength = 200

/** What is left of a file name that somebody else chose: no path, no characters that are not seen, never empty. */
export function displayName(name: string | undefined): string {
  const last = (name ?? '').normalize('NFC').split(/[\\/]/).at(-1)!
  const plain = last
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const shown = /^\.*$/.test(plain) ? 'document' : plain
  return shortened(shown)
}

/** Keeps the ending, which says what kind of file it is. */
function shortened(name: string): string {
  const letters = [...name]
  if (letters.length <= maxLength) return name
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return `${letters.slice(0, maxLength - ending.length - 1).join('')}…${ending}`
}
