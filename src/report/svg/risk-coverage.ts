import type { Curve, CurvePoint } from '../curve.ts'
import { html, type Html } from '../html.ts'
import { percent, plural } from '../words.ts'
import { lineThrough, plot, shareAxis, type Scales } from './plot.ts'

type Place = Pick<CurvePoint, 'coverage' | 'risk'>

export interface RiskCoverage {
  readonly curve: Curve
  readonly best: readonly Place[]
  /** Another way to read, beside it. */
  readonly baseline: { readonly name: string; readonly curve: Curve } | null
}

/** Below this share of the values a few of them decide, and the curve jumps about. */
const steady = 0.1

/** From the first value on: before it nothing is accepted, and nothing wrong. */
const drawn = (points: readonly Place[], { x, y }: Scales): string =>
  lineThrough(points.map(({ coverage, risk }) => [x(coverage), y(risk)]))

const bandOf = (points: readonly CurvePoint[], { x, y }: Scales): string => {
  const above = points.map(({ coverage, interval }) => [x(coverage), y(interval.high)] as const)
  const below = points.map(({ coverage, interval }) => [x(coverage), y(interval.low)] as const)
  return `${lineThrough([...above, ...below.reverse()])}Z`
}

/** Enough for the curves and most of the band. */
function highest({ curve, baseline }: RiskCoverage): number {
  const points = [...curve.points, ...(baseline?.curve.points ?? [])]
  const risks = points.filter(({ coverage }) => coverage >= steady).map(({ risk }) => risk)
  const last = curve.points.at(-1)!
  return Math.min(1, Math.max(0.02, ...risks.map((risk) => 1.15 * risk), last.interval.high))
}

function described({ values, errors, points }: Curve): string {
  const half = points.find(({ coverage }) => coverage >= 0.5)!
  return `Of ${plural(values, 'value')} ${errors} are wrong, ${percent(errors / values, 1)}. Of the most certain ${percent(half.coverage)}, ${percent(half.risk, 1)} are wrong.`
}

/** The share that is wrong among the most certain values, however many are accepted. */
export function riskCoverageChart(chart: RiskCoverage): Html {
  const { curve, best, baseline } = chart
  const overall = curve.errors / curve.values
  return plot({
    id: 'risk-coverage',
    title: 'Wrong values among those accepted',
    description: described(curve),
    x: { label: 'accepted, most certain first (% of values)', from: 0, to: 1, step: 0.2 },
    y: shareAxis('wrong among them (%)', highest(chart)),
    draw: (at) =>
      html`<path class="band" d="${bandOf(curve.points, at)}" />
        <path class="line chance" d="M${at.x(0)} ${at.y(overall)}H${at.x(1)}" />
        <path class="line best" d="${drawn([{ coverage: 0, risk: 0 }, ...best], at)}" />
        ${baseline && html`<path class="line baseline" d="${drawn(baseline.curve.points, at)}" />`}
        <path class="line own" d="${drawn(curve.points, at)}" />`,
  })
}
