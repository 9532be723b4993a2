import { plain } from '../anchor.ts'

/** Signs and short forms that are printed for a word, by how they are spelled. */
const shortForms: Readonly<Record<string, string>> = {
  number: 'no',
  numbers: 'no',
  nr: 'no',
  num: 'no',
  amt: 'amount',
  qty: 'quantity',
  ref: 'reference',
  inv: 'invoice',
  acct: 'account',
  addr: 'address',
  tel: 'telephone',
  desc: 'description',
}

/** One word as captions are compared: letters and digits alone, in lower case, short forms as the word they stand for. */
export const spellWord = (word: string): string => {
  const bare = plain(word.replace(/№|n[°º]/giu, 'no'))
  return Object.hasOwn(shortForms, bare) ? shortForms[bare]! : bare
}

/** A caption as captions are compared: its words written together. "Invoice No." and "INVOICE NUMBER" are one. */
export const spell = (caption: string): string => caption.split(/\s+/).map(spellWord).join('')

/** The words of a property's name: `invoiceNumber`, `invoice_number` and `VATId` are two each. */
export const wordsOfName = (name: string): readonly string[] =>
  name
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[\s_./-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
