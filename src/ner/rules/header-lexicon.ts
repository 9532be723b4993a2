import { phrasesFor } from '../../values/lexicon.ts'

/** Legal forms and trades that end a merchant's name. */
export const nameEndings = phrasesFor('nameEnding')

/** Parts of streets and towns. */
export const addressWords = phrasesFor('address')

/** States and towns that stand alone on the last line of an address. */
export const places = phrasesFor('place')

export const phoneWords = phrasesFor('phone')

/** With these the header ends and the sale begins. */
export const endsOfHeader = phrasesFor('endOfHeader')

/** Registration numbers, tax numbers and addresses on the web. */
export const idWords = phrasesFor('id')
