import type { Risk } from '../../trust/risk.ts'
import { html, type Html } from '../html.ts'

const width = 1000
const gap = 4

/** One bar for all documents, in parts by how they ended; there is at least one document. */
export function verdictBar({ accepted, needsReview, failed }: Risk): Html {
  let x = 0
  const parts = Object.entries({ accepted, needsReview, failed }).map(([name, { share }]) => {
    const [left, own] = [x, (share ?? 0) * width]
    x += own
    if (own === 0) return null
    const drawn = Math.max(1, own - gap).toFixed(1)
    return html`<rect class="${name}" x="${left.toFixed(1)}" y="0" width="${drawn}" height="14" />`
  })
  const told = `${accepted.count} accepted, ${needsReview.count} to review, ${failed.count} failed.`
  return html`<svg
    class="verdicts"
    viewBox="0 0 ${width - gap} 14"
    preserveAspectRatio="none"
    role="img"
    aria-labelledby="verdicts-title verdicts-desc"
  >
    <title id="verdicts-title">How the documents ended</title>
    <desc id="verdicts-desc">${told}</desc>
    ${parts}
  </svg>`
}
