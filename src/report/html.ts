class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** Text that is HTML already; only `html` and `trusted` make it, so that nothing read from a document can pass for it. */
export type Html = Markup

/** What may stand in a template: text is escaped, lists are joined, and null and false are left out. */
export type Slot = Html | string | number | null | undefined | false | readonly Slot[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Characters that HTML does not allow: controls but tabs and line breaks, and halves of pairs. */
const unprintable = /(?![\t\n])[\p{Cc}\p{Cs}]/gu

/** Text fit for an element or a quoted attribute. */
export const escaped = (text: string): string =>
  text.replace(unprintable, '\ufffd').replace(/[&<>"'`]/g, (character) => entities[character]!)

function filled(slot: Slot): string {
  if (slot === null || slot === undefined || slot === false) return ''
  if (slot instanceof Markup) return slot.toString()
  return typeof slot === 'object' ? slot.map(filled).join('') : escaped(String(slot))
}

/**
 * HTML, or SVG that stands in it. Attributes must be quoted.
 * @example html`<td title="${file}">${value}</td>`
 */
export const html = (parts: TemplateStringsArray, ...slots: readonly Slot[]): Html =>
  new Markup(parts.reduce((text, part, i) => text + filled(slots[i - 1]) + part))

/** Text of this program's own as it is, such as a style sheet. */
export const trusted = (text: string): Html => new Markup(text)
