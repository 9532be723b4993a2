import type { Figures } from '../figures.ts'
import { html, type Html } from '../html.ts'
import { verdictBar } from '../svg/verdicts.ts'
import { tableOf } from '../table.ts'
import { ofAll, percent, plural } from '../words.ts'

/** What the batch is, in a line. */
export const titleOf = ({ documentTypes, risk }: Figures): string =>
  documentTypes.length === 1
    ? `${plural(risk.documents, 'document')} of type ${documentTypes[0]}`
    : `${plural(risk.documents, 'document')} of ${plural(documentTypes.length, 'type')}`

const tile = (name: string, count: number, note: string, kind = ''): Html =>
  html`<div class="tile ${kind}">
    <dt>${name}</dt>
    <dd><b>${count}</b> <span>${note}</span></dd>
  </div>`

function tiles({ risk }: Figures): Html {
  const { accepted, needsReview, failed, reprocessed } = risk
  return html`<dl class="tiles">
    ${tile('Accepted', accepted.count, percent(accepted.share), 'accepted')}
    ${tile('To review', needsReview.count, percent(needsReview.share), 'needsReview')}
    ${tile('Failed', failed.count, percent(failed.share), 'failed')}
    ${tile('Read again', reprocessed.count, 'by the second path')}
  </dl>`
}

function certification({ certified }: Figures): string {
  if (certified.count === 0)
    return 'No value is certified: "accepted" means that no check objected, not that an error rate is proven.'
  return `${ofAll(certified)} values are certified: on documents like those that the certificate was made from, it bounds how many of such values are wrong.`
}

function checks({ risk }: Figures): Html {
  const { hallucinated, agreement, outputErrors, unsafe } = risk
  const lines = [
    ['Values that no other reader finds on the page', percent(hallucinated.share, 1), ofAll(hallucinated)],
    ['Values on which both paths agree', percent(agreement.share, 1), ofAll(agreement)],
    [
      'Documents with output that had to be mended or refused',
      percent(outputErrors.share, 1),
      ofAll(outputErrors),
    ],
    ['Documents with unsafe output', percent(unsafe.share, 1), ofAll(unsafe)],
  ]
  return tableOf({ caption: 'What needs no truth to be counted', head: ['what', 'share', 'count'], lines })
}

function models({ models: used }: Figures): Html | false {
  const lines = used.map(({ path, model, documents, ms }) => [
    html`<span class="model">${model}</span>`,
    path,
    documents,
    `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`,
  ])
  const head = ['model', 'path', 'documents', 'median time']
  return used.length > 0 && tableOf({ caption: 'What read them', head, lines })
}

/** How the documents ended, what read them, and what can be told without a truth. */
export const overview = (figures: Figures): Html =>
  html`<section aria-labelledby="overview">
    <h2 id="overview">How they ended</h2>
    ${figures.risk.documents > 0 && verdictBar(figures.risk)} ${tiles(figures)}
    <p class="note">${certification(figures)}</p>
    <div class="pair">${checks(figures)}${models(figures)}</div>
  </section>`
