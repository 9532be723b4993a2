import { stripVTControlCharacters } from 'node:util'

/** Text from a document, fit for a terminal: no control or direction-changing characters. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** Says on standard error what nobody has to know; nothing where it is to be quiet. */
export const sayer =
  (quiet = false) =>
  (text: string): void => {
    if (!quiet) process.stderr.write(text)
  }
