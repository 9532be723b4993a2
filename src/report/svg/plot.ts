import { html, type Html, type Slot } from '../html.ts'

/** Units of the drawing; it is shown at about this many pixels, down to three quarters of them on a telephone. */
const size = { width: 440, height: 320 } as const
const inner = { left: 50, top: 12, right: 422, bottom: 274 } as const

export interface Axis {
  readonly label: string
  readonly from: number
  readonly to: number
  /** Between ticks. */
  readonly step: number
}

/** Turns numbers of the axes into places in the drawing. */
export interface Scales {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

const rounded = (value: number): number => Math.round(value * 10) / 10

export const scales = (x: Axis, y: Axis): Scales => ({
  x: (value) => rounded(inner.left + ((value - x.from) / (x.to - x.from)) * (inner.right - inner.left)),
  y: (value) => rounded(inner.bottom - ((value - y.from) / (y.to - y.from)) * (inner.bottom - inner.top)),
})

/**
 * An axis of shares from 0 that reaches to `highest`, with four to ten ticks at round numbers.
 * @example shareAxis('wrong', 0.23) // to 0.25 by 0.05
 */
export function shareAxis(label: string, highest: number): Axis {
  const step = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((s) => highest / s <= 7) ?? 0.2
  const ticks = Math.max(1, Math.ceil(Math.min(1, highest) / step - 1e-9))
  return { label, from: 0, to: Number((ticks * step).toFixed(3)), step }
}

const ticksOf = ({ from, to, step }: Axis): readonly number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step)

const percent = (share: number): string => `${Number((100 * share).toFixed(1))}`

const text = (x: number, y: number, anchor: 'middle' | 'end', label: string): Html =>
  html`<text x="${x}" y="${y}" text-anchor="${anchor}">${label}</text>`

function axes(x: Axis, y: Axis, at: Scales): Html {
  const { left, right, top, bottom } = inner
  const turn = `translate(13 ${(top + bottom) / 2}) rotate(-90)`
  return html`<g class="grid"> ${ticksOf(y).map((v) => html`<path d="M${left} ${at.y(v)}H${right}" />`)} </g>
    <g class="ticks">
      ${ticksOf(y).map((v) => text(left - 7, at.y(v) + 4, 'end', percent(v)))}
      ${ticksOf(x).map((v) => text(at.x(v), bottom + 18, 'middle', percent(v)))}
      ${text((left + right) / 2, bottom + 38, 'middle', x.label)}
      <g transform="${turn}">${text(0, 0, 'middle', y.label)}</g>
    </g>`
}

export interface Drawing {
  /** Of the document, to be referred to. */
  readonly id: string
  readonly title: string
  /** What can be seen, in sentences, for those who cannot see it. */
  readonly description: string
  readonly x: Axis
  readonly y: Axis
  /** Drawn between the axes and cut off beyond them. */
  draw(at: Scales): Slot
}

/** Two axes in percent and what is drawn between them, as inline SVG. */
export function plot({ id, title, description, x, y, draw }: Drawing): Html {
  const at = scales(x, y)
  const { left, right, top, bottom } = inner
  return html`<svg
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    aria-labelledby="${id}-title ${id}-desc"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    <clipPath id="${id}-clip">
      <rect x="${left}" y="${top - 6}" width="${right - left + 6}" height="${bottom - top + 6}" />
    </clipPath>
    ${axes(x, y, at)}
    <g clip-path="url(#${id}-clip)">${draw(at)}</g>
    <path class="axis" d="M${left} ${top}V${bottom}H${right}" />
  </svg>`
}

/** A path through points; empty without any. */
export const lineThrough = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')
