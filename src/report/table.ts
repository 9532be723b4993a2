import { html, type Html, type Slot } from './html.ts'

export interface Table {
  readonly caption: string
  readonly head: readonly string[]
  /** The first cell names the line; the others are figures. */
  readonly lines: readonly (readonly Slot[])[]
}

const lineOf = ([name, ...cells]: readonly Slot[]): Html =>
  html`<tr>
    <th scope="row">${name}</th>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`

/** A table that scrolls by itself where the page is narrow. */
export const tableOf = ({ caption, head, lines }: Table): Html =>
  html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines.map(lineOf)}
      </tbody>
    </table>
  </div>`

/** The numbers behind a chart. */
export const tableBehind = (table: Table): Html =>
  html`<details>
    <summary>The numbers</summary>
    ${tableOf(table)}
  </details>`
