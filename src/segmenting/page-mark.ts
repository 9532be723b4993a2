/** What a page says of its place among those of its document. */
export interface PageMark {
  readonly number: number
  /** How many there are; null where it does not say. */
  readonly of: number | null
}

/** "Page" and what stands for it, and the "of" between two numbers, as people print them in many languages. */
const pageWord = String.raw`(?:page|pg|seite|blatt|p[aá]gina|p[aá]g|pagina|bladzijde|sida|side|sivu|strona|strana|str|oldal|halaman|muka\s?surat|feuille|folio|hoja|foglio|folha|sayfa|trang|стр|страница)`
const ofWord = String.raw`(?:of|von|de|di|du|sur|van|av|af|z|ze|od|dari|daripada|al|out\sof|[/|\\])`

const named = new RegExp(
  String.raw`(?<![\p{L}])${pageWord}\.?\s?[:#]?\s{0,12}(?<number>\d{1,4})(?:\s?${ofWord}\.?\s?(?<of>\d{1,4}))?(?![\d.,]*\d)`,
  'iu',
)
const cjk = /第\s?(?<number>\d{1,4})\s?[页頁ページ]{1,3}(?:.{0,3}[共全/]\s?(?<of>\d{1,4}))?/u
/** Numbers that stand alone on their line. */
const alone = /^[-–(\s]*(?<number>\d{1,3})\s?(?:\/|of|von|de|di|sur|van)\s?(?<of>\d{1,3})[-–)\s]*$/iu

/** A page can only be one of those that there are. */
function sound(groups: Readonly<Partial<Record<string, string>>> | undefined): PageMark | null {
  if (groups?.['number'] === undefined) return null
  const number = Number(groups['number'])
  const of = groups['of'] === undefined ? null : Number(groups['of'])
  return number >= 1 && (of === null || number <= of) ? { number, of } : null
}

/**
 * The page number that a line prints; null for none.
 * @example pageMark('Seite 2 von 3') // { number: 2, of: 3 }
 */
export function pageMark(text: string): PageMark | null {
  return sound((named.exec(text) ?? cjk.exec(text) ?? alone.exec(text))?.groups)
}
