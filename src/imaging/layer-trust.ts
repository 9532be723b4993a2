import type { PageImage } from '../core/document.ts'
import type { Box } from '../core/geometry.ts'
import type { LayerWord, TextLayer } from './text-layer.ts'

/** Grey levels by which print differs from what is around it. */
const CONTRAST = 48
/** Shares of a word's box that may be ink. */
const LEAST_INK = 0.02
const MOST_INK = 0.85
/** Around a word, in heights of its line, there is next to no ink: above and below, and before and after. */
const ROOM_BESIDE = 0.25
const ROOM_ALONG = 0.12
/** Ink in the room, as a share of all in and around a word: above this the word stands elsewhere. */
const MOST_AROUND = 0.25
/** Letters of which the layer must be right for the rest of it to count. */
const LEAST_RIGHT = 0.8

/** Whole pixels that a box covers, at least one. */
function pixelsOf([x0, y0, x1, y1]: Box, { width, height }: PageImage): Box {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x0 * width)))
  const top = Math.min(height - 1, Math.max(0, Math.floor(y0 * height)))
  const right = Math.min(width, Math.max(left + 1, Math.ceil(x1 * width)))
  return [left, top, right, Math.min(height, Math.max(top + 1, Math.ceil(y1 * height)))]
}

/** The grey of most pixels: paper, or what stands for it on a filled bar. */
function ground(image: PageImage, [left, top, right, bottom]: Box): number {
  const counts = new Uint32Array(16)
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) counts[image.data[y * image.width + x]! >> 4]!++
  return counts.indexOf(Math.max(...counts)) * 16 + 8
}

function inkIn(image: PageImage, [left, top, right, bottom]: Box, paper: number): number {
  let ink = 0
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++)
      if (Math.abs(image.data[y * image.width + x]! - paper) >= CONTRAST) ink++
  return ink
}

/** Whether a word is written up or down the picture, as on a page that lies on its side. */
const isSideways = ({ first, last }: LayerWord, { width, height }: PageImage): boolean =>
  Math.abs(last[1] + last[3] - first[1] - first[3]) * height >
  Math.abs(last[0] + last[2] - first[0] - first[2]) * width

/** Whether print stands in the box of a word, and ends where it ends. */
function isShown(word: LayerWord, image: PageImage): boolean {
  const inner = pixelsOf(word.box, image)
  const [width, height] = [inner[2] - inner[0], inner[3] - inner[1]]
  const isTurned = isSideways(word, image)
  const size = isTurned ? width : height
  const [along, beside] = [Math.max(1, ROOM_ALONG * size), Math.max(1, ROOM_BESIDE * size)]
  const [across, down] = isTurned ? [beside, along] : [along, beside]
  const outer: Box = [
    Math.max(0, Math.floor(inner[0] - across)),
    Math.max(0, Math.floor(inner[1] - down)),
    Math.min(image.width, Math.ceil(inner[2] + across)),
    Math.min(image.height, Math.ceil(inner[3] + down)),
  ]
  const paper = ground(image, outer)
  const [ink, all] = [inkIn(image, inner, paper), inkIn(image, outer, paper)]
  const share = ink / (width * height)
  const isThin = height <= 3 || width <= 3
  return share >= LEAST_INK && (isThin || share <= MOST_INK) && all - ink <= MOST_AROUND * all
}

const isOnPage = ({ box: [x0, y0, x1, y1] }: LayerWord): boolean => x0 >= 0 && y0 >= 0 && x1 <= 1 && y1 <= 1

const isWithin = ({ box }: LayerWord, around: Box): boolean => {
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  return x >= around[0] && x <= around[2] && y >= around[1] && y <= around[3]
}

const lettersOf = (words: readonly LayerWord[]): number =>
  words.reduce((sum, { text }) => sum + text.length, 0)

/**
 * The words of a layer that the upright page shows where they are said to stand; null for a layer that is not to be trusted:
 * invisible, hidden under a picture as those made by OCR are, shifted, or in letters that nothing maps to text. Words beside
 * the page are nobody's fault, and left out.
 */
export function shownWords({ words, pictures }: TextLayer, image: PageImage): readonly LayerWord[] | null {
  const inside = words.filter(isOnPage)
  const right = inside.filter(
    (word) => word.isSound && !pictures.some((picture) => isWithin(word, picture)) && isShown(word, image),
  )
  const isTrusted = right.length > 0 && lettersOf(right) >= LEAST_RIGHT * lettersOf(inside)
  return isTrusted ? right : null
}
