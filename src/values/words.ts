/** Words that names and addresses of shops share; what OCR reads almost like one of them is taken for it. */
const vocabulary: readonly string[] = `
  sdn bhd berhad enterprise trading marketing restaurant restoran hardware stationery pharmacy bakery bakeries supermarket hypermarket
  minimarket electrical electronics holdings services service industries international distribution corporation company limited
  resources machinery furniture optical clinic coffee kitchen seafood bistro company stores mart market house centre center
  perniagaan syarikat kedai pasaraya pasar farmasi kopitiam
  jalan lorong persiaran lebuhraya lebuh taman bandar kampung kawasan perindustrian seksyen section bangunan kompleks complex
  wisma menara plaza tower avenue street road boulevard highway square garden village shopping industrial ground floor level block
  selangor johor bahru kuala lumpur petaling subang klang shah puchong cheras kepong ampang setapak damansara seremban melaka penang
  pinang perak ipoh kedah kelantan terengganu pahang sabah sarawak negeri sembilan wilayah persekutuan malaysia singapore darul ehsan
  kembangan balakong skudai masai batang sungai bukit indah utama perdana setia desa pusat niaga seri jaya
  borong compleks gardens utara baharu barat timur selatan tengah
  strasse platz deutschland france australia indonesia london jakarta california
`.trim().split(/\s+/) // prettier-ignore

const known = new Set(vocabulary)

/** Letters that may be misread in a word of this length; short words are too alike to tell. */
const tolerance = (length: number): number => (length >= 10 ? 2 : length >= 6 ? 1 : 0)

const misread = (a: string, b: string): number => [...a].filter((c, i) => c !== b[i]).length

/** The one word of the vocabulary of the same length that differs in no more letters than OCR gets wrong. */
function nearest(word: string): string | null {
  const allowed = tolerance(word.length)
  if (allowed === 0 || known.has(word)) return null
  const near = vocabulary.filter((v) => v.length === word.length && misread(v, word) <= allowed)
  return near.length === 1 ? near[0]! : null
}

/** Writes `word` in the case of `like`. */
function inCase(word: string, like: string): string {
  const letters = like.replace(/\P{L}/gu, '')
  const upper = letters.replace(/\P{Lu}/gu, '').length
  if (upper >= letters.length / 2) return word.toUpperCase()
  return /^\p{Lu}/u.test(letters) ? word[0]!.toUpperCase() + word.slice(1) : word
}

/** What OCR makes of signs and of the legal forms that end Malaysian names. */
const misreadings: readonly (readonly [RegExp, string])[] = [
  [/\bS[DOU0]N(?=[.,]?\s*(?:B[HN][DO0]|[8B]HD|3HD|RHD)\b)/gi, 'SDN'],
  [/(?<=\bSDN[.,]?\s*)(?:B[HN][DO0]|[8B]HD|3HD|RHD)\b/gi, 'BHD'],
  [/(?<=\s)[S$5]\/[B8](?![\w])/g, 'S/B'],
  [/\$\$(?=\d)/g, 'SS'],
  [/§(?=\d)/g, '5'],
  [/(?<=\p{Lu})!(?!\w)/gu, 'I'],
  [/\bJin\b(?=\s\p{Lu})/gu, 'Jln'],
]

/**
 * Mends words of names and addresses that OCR read almost right.
 * @example repairWords('SUN WONG KUT SON BHD') // 'SUN WONG KUT SDN BHD'
 * @example repairWords('Kawasan Petindustrian') // 'Kawasan Perindustrian'
 */
export function repairWords(text: string): string {
  const mended = misreadings.reduce(
    (t, [pattern, form]) => t.replace(pattern, (m) => inCase(form.toLowerCase(), m)),
    text,
  )
  return mended.replace(/[\p{L}][\p{L}\d|!]{3,}/gu, (token) => {
    const word = nearest(token.toLowerCase().replace(/[|!1]/g, 'l').replace(/0/g, 'o'))
    return word === null ? token : inCase(word, token)
  })
}
