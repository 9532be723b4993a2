import type { Report } from '../../scoring/metrics/report.ts'
import type { Reliability } from '../bins.ts'
import type { Curve, CurvePoint } from '../curve.ts'
import type { TruthFigures } from '../figures.ts'
import { html, type Html } from '../html.ts'
import { reliabilityChart } from '../svg/reliability.ts'
import { riskCoverageChart } from '../svg/risk-coverage.ts'
import { tableBehind, tableOf } from '../table.ts'
import { figure, percent, plural } from '../words.ts'

const key = (kind: string, text: string): Html =>
  html`<li>
    <svg viewBox="0 0 26 8" aria-hidden="true"><path class="line ${kind}" d="M1 4H25" /></svg>${text}
  </li>`

/** The last point at each tenth of the values, or before it. */
const tenths = ({ points }: Curve): readonly CurvePoint[] => {
  const chosen = Array.from({ length: 10 }, (_, i) =>
    points.findLast((p) => p.coverage <= (i + 1) / 10 + 1e-9),
  )
  return [...new Set(chosen)].filter((point) => point !== undefined)
}

const range = ({ low, high }: CurvePoint['interval']): string => `${percent(low, 1)} to ${percent(high, 1)}`

function riskCoverage({ curve, best, alone }: TruthFigures & { readonly curve: Curve }): Html {
  const baseline = alone && { name: `the ${alone.path} path alone`, curve: alone.curve }
  const lines = tenths(curve).map((p) => [
    percent(p.coverage, 1),
    figure(p.confidence),
    `${p.errors} of ${p.accepted}`,
    percent(p.risk, 1),
    range(p.interval),
  ])
  const areas = `Area under the curve ${figure(curve.area)}${baseline ? `, of ${baseline.name} ${figure(baseline.curve.area)}` : ''}`
  const head = ['accepted', 'from confidence', 'wrong', 'share', '95 % interval']
  return html`<figure>
    <figcaption>Wrong values among those accepted</figcaption>
    ${riskCoverageChart({ curve, best, baseline })}
    <ul class="legend">
      ${key('own', 'as it was read, with its 95 % band')} ${baseline && key('baseline', baseline.name)}
      ${key('best', 'same errors, best order')} ${key('chance', 'any order')}
    </ul>
    <p class="note">
      ${areas}; less is better. The band is exact (Clopper–Pearson) at each point as if values were
      independent; those of one document are not, so it is somewhat too narrow.
    </p>
    ${tableBehind({ caption: 'Wrong values among the most certain', head, lines })}
  </figure>`
}

function reliability(measured: Reliability): Html {
  const lines = measured.bins.map((bin) => [
    `${figure(bin.range.low)} to ${figure(bin.range.high)}`,
    percent(bin.predicted, 1),
    `${bin.right} of ${bin.values}`,
    percent(bin.observed, 1),
    range(bin.interval),
  ])
  const head = ['confidence', 'mean', 'right', 'share', '95 % interval']
  return html`<figure>
    <figcaption>Confidence and how often it was right</figcaption>
    ${reliabilityChart(measured)}
    <ul class="legend">
      ${key('own', 'a tenth of the values, with its 95 % interval')}
      ${key('best', 'right as often as claimed')}
    </ul>
    <p class="note">
      Brier score ${figure(measured.brier)}, expected calibration error ${figure(measured.error)}; 0 is best.
    </p>
    ${tableBehind({ caption: 'Confidence and how often it was right', head, lines })}
  </figure>`
}

function summary({ documents, micro, items, hallucination, accepted, schemaValid }: Report): Html {
  const { f1, interval } = micro.normalised
  const spread = interval ? `${figure(interval[0])} to ${figure(interval[1])}` : '–'
  const { emitted, absent, rate } = hallucination
  const lines = [
    ['F1 of all fields, normalised', figure(f1), spread],
    ['F1 of item cells', figure(items?.f1 ?? null), items ? plural(items.support, 'cell') : '–'],
    ['Values where nothing is printed', percent(rate, 1), `${emitted} of ${absent}`],
    [
      'Accepted documents with an error',
      percent(accepted.documentError, 1),
      plural(documents.accepted, 'document'),
    ],
    ['Wrong values among the accepted', percent(accepted.valueError, 1), ''],
    [
      'Documents with data that fits the schema',
      percent(schemaValid, 1),
      plural(documents.total, 'document'),
    ],
  ]
  return tableOf({ caption: 'In short', head: ['what', 'figure', '95 % interval, or of how many'], lines })
}

/** How often values are wrong, and whether their confidence tells. */
export const againstTruth = (truth: TruthFigures): Html =>
  html`<section aria-labelledby="truth">
    <h2 id="truth">Against the truth of ${plural(truth.report.documents.total, 'document')}</h2>
    ${summary(truth.report)}
    <div class="pair">
      ${truth.curve && riskCoverage({ ...truth, curve: truth.curve })}
      ${truth.reliability && reliability(truth.reliability)}
    </div>
  </section>`
