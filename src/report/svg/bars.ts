import { html, type Html } from '../html.ts'

export interface Bar {
  readonly label: string
  readonly count: number
}

const size = { width: 440, row: 44, bar: 12 } as const

const rect = (kind: string, y: number, width: number): Html =>
  html`<rect class="${kind}" x="0" y="${y}" width="${width}" height="${size.bar}" rx="3" />`

function drawn({ label, count }: Bar, i: number, longest: number): Html {
  const top = i * size.row
  const width = Math.max(2, Math.round((count / longest) * size.width))
  return html`
    <text x="0" y="${top + 17}">${label}</text>
    <text class="count" x="${size.width}" y="${top + 17}" text-anchor="end">${count}</text>
    ${rect('track', top + 24, size.width)} ${rect('bar', top + 24, width)}
  `
}

/** Bars that lie below their names, each as long as its count; there is at least one. */
export const barChart = (id: string, title: string, bars: readonly Bar[]): Html =>
  html`<svg
    viewBox="0 0 ${size.width} ${bars.length * size.row}"
    role="img"
    aria-labelledby="${id}-title ${id}-desc"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${bars.map(({ label, count }) => `${label}: ${count}.`).join(' ')}</desc>
    ${bars.map((bar, i) => drawn(bar, i, Math.max(...bars.map(({ count }) => count))))}
  </svg>`
