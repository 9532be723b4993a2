/** Letters that Unicode does not take apart into a plain letter and a mark. */
const whole: Readonly<Record<string, string>> = {
  ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'ng',
} // prettier-ignore

/**
 * A text in lower case without marks, so that "Łącznie" and "LACZNIE" are one word. Letters of other scripts stay.
 * @example fold('Straße in Malmö') // 'strasse in malmo'
 */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łøßæœđðþıħŋ]/g, (letter) => whole[letter]!)
