import type { Figures } from './figures.ts'
import { html, type Html } from './html.ts'
import { againstTruth } from './sections/against-truth.ts'
import { byField } from './sections/by-field.ts'
import { overview, titleOf } from './sections/overview.ts'
import { gallery, type Pictures } from './sections/pictures.ts'
import { reasons } from './sections/reasons.ts'
import { style } from './style.ts'

export interface Report {
  /** Where the results came from. */
  readonly source: string
  readonly madeAt: Date
  readonly figures: Figures
  readonly pictures: Pictures
}

/** Neither scripts nor anything from outside, whatever a document says. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

const body = ({ source, madeAt, figures, pictures }: Report): Html =>
  html`<header>
      <p class="over">Parallax report</p>
      <h1>${titleOf(figures)}</h1>
      <p class="lead">Rows of ${source}, ${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
    </header>
    <main>
      ${overview(figures)} ${figures.truth && againstTruth(figures.truth)} ${reasons(figures)}
      ${byField(figures)} ${gallery(figures.gallery, pictures)}
    </main>
    <footer><p>This file holds parts of the documents: share it as you would share them.</p></footer>`

/** A report as one HTML file that needs no other. */
export const pageOf = (report: Report): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${titleOf(report.figures)} · Parallax report</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${body(report)}
      </body>
    </html> `.toString()
