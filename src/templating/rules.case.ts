import type { OcrPage } from '../core/document.ts'
import type { Entity } from '../core/engines.ts'
import { lineText } from '../core/document.ts'
import { detectLocale } from '../values/locale.ts'
import { linesOf, type FillContext } from './rule.ts'

/** What a template shows its rules of these pages. */
export function contextOf(pages: readonly OcrPage[], entities: readonly Entity[] = []): FillContext {
  const text = linesOf(pages).map(({ line }) => lineText(line)).join('\n') // prettier-ignore
  return { pages, entities, locale: detectLocale(text) }
}

/** The words of a page that spell a text, as a tagger would label them. */
export function entityOf(label: string, text: string, page: OcrPage, changes: Partial<Entity> = {}): Entity {
  const parts = new Set(text.split(' '))
  const line = page.lines.find((r) => lineText(r).includes(text))!
  const words = line.words.filter((w) => parts.has(w.text))
  return { label, confidence: 0.8, page: page.page, words, group: null, ...changes }
}
