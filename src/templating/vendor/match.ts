import type { OcrPage } from '../../core/document.ts'
import { linesOf } from '../rule.ts'
import { labelSpan } from '../anchor.ts'
import { digitsOf } from '../known-text.ts'
import { showsPattern } from '../linear-regex.ts'
import type { Mark, VendorTemplate } from './vendor-template.ts'

/** How a template met a document: it matches when all of its marks were found. */
export interface Match<T extends VendorTemplate = VendorTemplate> {
  readonly template: T
  readonly found: readonly Mark[]
}

/** A branch is told from another by its number: where a mark has digits, they are read as they are or it is not found. */
const hasItsDigits = (read: string, wanted: string): boolean =>
  digitsOf(wanted) === '' || digitsOf(read) === digitsOf(wanted)

export const showsMark = (pages: readonly OcrPage[], mark: Mark): boolean =>
  typeof mark === 'string'
    ? linesOf(pages).some(({ line }) => labelSpan(line, mark, hasItsDigits) !== null)
    : showsPattern(pages, mark.regex)

export const matchOf = <T extends VendorTemplate>(pages: readonly OcrPage[], template: T): Match<T> => ({
  template,
  found: template.match.filter((mark) => showsMark(pages, mark)),
})

export const isMatch = ({ template, found }: Match): boolean => found.length === template.match.length

const letters = ({ template }: Match): number =>
  template.match.reduce((sum, mark) => sum + (typeof mark === 'string' ? mark : mark.regex).length, 0)

const byName = (a: Match, b: Match): number => (a.template.name < b.template.name ? -1 : 1)

/** The template for a document: the one that says most about its pages, in marks and then in letters; null without any. */
export function chooseTemplate<T extends VendorTemplate>(
  pages: readonly OcrPage[],
  templates: readonly T[],
): T | null {
  const matches = templates
    .filter(({ match }) => match.every((mark) => showsMark(pages, mark)))
    .map((template) => ({ template, found: template.match }))
  const [best] = matches.sort(
    (a, b) => b.found.length - a.found.length || letters(b) - letters(a) || byName(a, b),
  )
  return best?.template ?? null
}
