import type { PageImage } from '../core/document.ts'
import { backgroundRows, dilate, estimateBackground, smooth, type Background } from './background.ts'

/** Cells across the shorter side: wide enough that no letter fills one, narrow enough to follow a shadow. */
const CELLS_ACROSS = 40
/** Paper darker than this share of the page's brightest is taken for print: a black logo, a photograph. */
const DARKEST_PAPER = 0.3
/** The darkest share of pixels is ink at full strength. */
const BLACK_SHARE = 0.01
/** How much of the way to black that ink is taken: faded print gains, and Tesseract reads clear print as well as without. */
const STRETCH = 0.3
/** Ink is not stretched from above this share of its paper: there it is grain. */
const PALEST_INK = 0.65

function quantile(data: Uint8Array, share: number): number {
  const counts = new Uint32Array(256)
  for (let i = 0; i < data.length; i++) counts[data[i]!]!++
  let left = data.length * share
  let value = 0
  while (value < 255 && (left -= counts[value]!) > 0) value++
  return value
}

/** Every pixel as a share of its paper, 255 = as bright as the paper or brighter. */
function divideByBackground({ data, width, height }: PageImage, background: Background): Uint8Array {
  const floor = DARKEST_PAPER * background.values.reduce((a, b) => Math.max(a, b), 1)
  const paper = new Float32Array(width)
  const fillRow = backgroundRows(background, width)
  const shares = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    fillRow(y, paper)
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const under = paper[x]!
      const share = (255 * data[at]!) / (under > floor ? under : floor)
      shares[at] = share > 255 ? 255 : share
    }
  }
  return shares
}

/** Stretches ink and paper apart, in place. */
function stretch(shares: Uint8Array): void {
  const black = STRETCH * Math.min(quantile(shares, BLACK_SHARE), PALEST_INK * 255)
  const curve = Uint8ClampedArray.from({ length: 256 }, (_, share) => (255 * (share - black)) / (255 - black))
  for (let i = 0; i < shares.length; i++) shares[i] = curve[shares[i]!]!
}

/** Even paper and full-strength ink: shadows vanish, faded print turns black, white stays white. */
export function normalise(image: PageImage): PageImage {
  const cell = Math.max(8, Math.round(Math.min(image.width, image.height) / CELLS_ACROSS))
  const background = smooth(smooth(dilate(estimateBackground(image, cell))))
  const shares = divideByBackground(image, background)
  stretch(shares)
  return { ...image, data: shares }
}
