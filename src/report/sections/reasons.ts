import type { Figures } from '../figures.ts'
import { html, type Html } from '../html.ts'
import { barChart } from '../svg/bars.ts'
import { tableBehind } from '../table.ts'
import { reason } from '../words.ts'

/** More bars say less; the table has them all. */
const mostBars = 12

function chart(id: string, title: string, counts: Readonly<Record<string, number>>): Html | false {
  const entries = Object.entries(counts)
  const bars = entries.slice(0, mostBars).map(([code, count]) => ({ label: reason(code), count }))
  const lines = entries.map(([code, count]) => [reason(code), html`<code>${code}</code>`, count])
  return (
    bars.length > 0 &&
    html`<figure>
      <figcaption>${title}</figcaption>
      ${barChart(id, title, bars)}${tableBehind({ caption: title, head: ['reason', 'code', 'count'], lines })}
    </figure>`
  )
}

/** Why documents were not accepted. */
export const reasons = ({ risk }: Figures): Html =>
  html`<section aria-labelledby="reasons">
    <h2 id="reasons">Why documents were held back</h2>
    ${Object.keys({ ...risk.flags, ...risk.errors }).length === 0 && html`<p class="note">Nothing was flagged, and nothing failed.</p>`}
    <div class="pair">
      ${chart('flags', 'Flags by reason', risk.flags)}${chart('errors', 'Documents that failed, by error', risk.errors)}
    </div>
  </section>`
