const mail = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu
const site = /(?<![@\p{L}\d])(?:https?:\/\/)?www\.[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu
/** Phone numbers, registrations, accounts: digits in groups, with letters of a country before them. */
const digits = /(?<![\p{L}\d.,])(?:[A-Z]{2})?\+?\(?\d[\d ()./-]{6,}\d(?![\p{L}\d])/gu

const leastDigits = 8

/**
 * What a line prints that belongs to one issuer only: addresses of mail and web sites, and long numbers such as those of
 * phones, registrations and accounts, without what stands between their digits.
 * @example contactsOn('Tel. 0431 555 2104, info@nordlicht.example') // ['info@nordlicht.example', '04315552104']
 */
export function contactsOn(text: string): readonly string[] {
  const named = [...text.matchAll(mail), ...text.matchAll(site)].map(([found]) => found.toLowerCase())
  const numbers = [...text.matchAll(digits)].map(([found]) => found.replace(/\D/g, ''))
  return [...named, ...numbers.filter((number) => number.length >= leastDigits)]
}
