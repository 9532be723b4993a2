import { html, type Html } from '../html.ts'

export interface Verdicts {
  readonly accepted: number
  readonly needsReview: number
  readonly failed: number
}

const width = 1000
const gap = 4

/** One bar for all documents, in parts by how they ended; there is at least one document. */
export function verdictBar(verdicts: Verdicts): Html {
  const { accepted, needsReview, failed } = verdicts
  const all = accepted + needsReview + failed
  let x = 0
  const parts = (['accepted', 'needsReview', 'failed'] as const).map((name) => {
    const own = (verdicts[name] / all) * width
    const rect = html`<rect class="${name}" x="${x.toFixed(1)}" y="0" width="${Math.max(0, own - gap).toFixed(1)}" height="14"/>`
    x += own
    return own > 0 && rect
  })
  return html`<svg class="verdicts" viewBox="0 0 ${width - gap} 14" preserveAspectRatio="none" role="img" aria-labelledby="verdicts-title verdicts-desc">
<title id="verdicts-title">How the documents ended</title><desc id="verdicts-desc">${accepted} accepted, ${needsReview} to review, ${failed} failed.</desc>${parts}</svg>`
}
