import type { Page, PageImage, Word } from '../core/document.ts'
import { mapBox, type Box, type Transform } from '../core/geometry.ts'
import { findComponents, type Component } from './components.ts'
import { turn } from './half-turn.ts'
import { inkBitmap, isLetter } from './ink.ts'
import { shownWords } from './layer-trust.ts'
import type { LayerWord, TextLayer } from './text-layer.ts'
import { apply, invert } from './transform.ts'

/** Letters that words are written in: of those that stand on their side or head, most engines and rows know nothing. */
const LEAST_UPRIGHT = 0.9
/** So many letters side by side that no word covers are print that the layer does not have. */
const PRINT = 3
/** Steps between them, in heights. */
const STEP = 1.5

const centre = (box: Box): readonly [x: number, y: number] => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]

/** Whether a word is written from left to right on the normalised page; a single sign has no direction. */
function isUpright({ first, last, text }: LayerWord, place: (box: Box) => Box): boolean {
  if ([...text].length < 2) return true
  const [[ax, ay], [bx, by]] = [centre(place(first)), centre(place(last))]
  return bx - ax > Math.abs(by - ay)
}

const lengthOf = (words: readonly { readonly text: string }[]): number =>
  words.reduce((sum, { text }) => sum + text.length, 0)

/** The letters of the picture that no word covers. */
function uncovered({ image }: Page, words: readonly Word[]): readonly Component[] {
  const { width, height } = image
  const covered = new Uint8Array(width * height)
  for (const { box } of words) {
    const room = 0.15 * (box[3] - box[1])
    const [x0, x1] = [Math.max(0, Math.floor((box[0] - room) * width)), Math.ceil((box[2] + room) * width)]
    const [y0, y1] = [Math.max(0, Math.floor((box[1] - room) * height)), Math.ceil((box[3] + room) * height)]
    for (let y = y0; y < Math.min(height, y1); y++)
      covered.fill(1, y * width + x0, y * width + Math.min(width, x1))
  }
  const isFree = ({ pixels }: Component): boolean => {
    let inside = 0
    for (const at of pixels) inside += covered[at]!
    return inside < 0.5 * pixels.length
  }
  return findComponents(inkBitmap(image)).filter((c) => isLetter(c) && isFree(c))
}

/** Whether some of the letters stand side by side, as print does and dust and dots do not. */
function hasPrint(letters: readonly Component[]): boolean {
  const sorted = [...letters].sort((a, b) => a.x0 - b.x0)
  const runs = new Map<Component, number>()
  for (const [i, letter] of sorted.entries()) {
    const size = letter.y1 - letter.y0
    const near = sorted.slice(Math.max(0, i - 40), i).filter((other) => {
      const otherSize = other.y1 - other.y0
      const isBeside =
        Math.min(letter.y1, other.y1) - Math.max(letter.y0, other.y0) > 0.5 * Math.min(size, otherSize)
      return (
        isBeside &&
        letter.x0 - other.x1 <= STEP * Math.max(size, otherSize) &&
        size <= 3 * otherSize &&
        otherSize <= 3 * size
      )
    })
    const run = 1 + near.reduce((most, other) => Math.max(most, runs.get(other) ?? 0), 0)
    if (run >= PRINT) return true
    runs.set(letter, run)
  }
  return false
}

/** The words whose middle lies on the normalised page, which may be a part of the submitted one. */
function within(words: readonly LayerWord[], toPage: Transform): readonly LayerWord[] {
  return words.filter(({ box }) => apply(toPage, ...centre(box)).every((v) => v >= 0 && v <= 1))
}

function placed(page: Page, shown: readonly LayerWord[]): Page | null {
  const toPage = invert(page.toSubmitted)
  const place = (box: Box): Box => mapBox(box, toPage)
  const here = within(shown, toPage)
  const written = here.filter((word) => isUpright(word, place))
  if (here.length === 0 || lengthOf(written) < LEAST_UPRIGHT * lengthOf(here)) return null
  const words = written.map(({ text, box }): Word => ({ text, confidence: 1, box: place(box) }))
  return { ...page, layer: { words, isAll: !hasPrint(uncovered(page, words)) } }
}

/**
 * A page with the words of its text layer, as far as the upright page shows them, turned the way that they are written; the page
 * as it is where they are not to be trusted.
 */
export function withLayer(page: Page, upright: PageImage, layer: TextLayer | null): Page {
  const shown = layer && shownWords(layer, upright)
  if (!shown) return page
  return placed(page, shown) ?? placed(turn(page), shown) ?? page
}
