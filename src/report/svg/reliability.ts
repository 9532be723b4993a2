import type { Bin, Reliability } from '../bins.ts'
import { html, type Html } from '../html.ts'
import { percent } from '../words.ts'
import { plot, type Scales } from './plot.ts'

function dot({ predicted, observed, interval, values }: Bin, { x, y }: Scales): Html {
  const title = `${values} values are said to be right to ${percent(predicted, 1)}; ${percent(observed, 1)} are right`
  return html`
    <path class="whisker" d="M${x(predicted)} ${y(interval.low)}V${y(interval.high)}" />
    <circle class="dot" cx="${x(predicted)}" cy="${y(observed)}" r="4.5"><title>${title}</title></circle>
  `
}

/** Whether values are right as often as their confidence says: on the diagonal they are. */
export const reliabilityChart = ({ bins, error }: Reliability): Html =>
  plot({
    id: 'reliability',
    title: 'Confidence and how often it was right',
    description: `${bins.length} bins of equal numbers of values. On average, confidence and the share that was right are ${percent(error, 1)} apart.`,
    x: { label: 'mean confidence (%)', from: 0, to: 1, step: 0.2 },
    y: { label: 'right (%)', from: 0, to: 1, step: 0.2 },
    draw: (at) => html`
      <path class="line best" d="M${at.x(0)} ${at.y(0)}L${at.x(1)} ${at.y(1)}" />
      ${bins.map((bin) => dot(bin, at))}
    `,
  })
