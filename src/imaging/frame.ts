import type { PageImage } from '../core/document.ts'
import { estimateBackground } from './background.ts'
import { findComponents, type Component } from './components.ts'
import { estimateSkew, type Points } from './deskew.ts'
import { inkBitmap, isLetter } from './ink.ts'
import { isSideways } from './orientation.ts'
import { findPaper, type PaperMask } from './paper.ts'
import { corners, grow, intersect, turnedHull, type Place, type Rectangle } from './rectangle.ts'

/** What to keep of a page: turn it back by `degrees`, then cut out the rectangle, in pixels of the turned picture. */
export interface Frame extends Rectangle {
  readonly degrees: number
  /** Median height of what looks like a letter, in pixels; 0 when there are none. */
  readonly letterHeight: number
}

/** Side of the cells in which paper is sought, in pixels. */
const PAPER_CELL = 10
/** Paper is left around the ink, in letter heights. */
const MARGIN = 3
/** Ink on the desk, as a share of all ink: above this the "desk" may well be a shadow with text in it. */
const MAX_INK_ON_DESK = 0.08
/** Fewer letters than this are no text to crop to. */
const MIN_LETTERS = 20
/** Ink of fewer pixels is grain. */
const MIN_INK = 6
/** Ink within this many letter heights is a neighbour; print has at least `MIN_NEIGHBOURS` of them. */
const SPECK_REACH = 10
const MIN_NEIGHBOURS = 3
/** With more ink than a full page of text has, the page is all grain, and none of it is told from print. */
const MAX_INK = 6000
const MAX_POINTS = 12_000
/** Steps that spread points evenly over their pixel; whole numbers would make an unturned page look sharper than it is. */
const JITTER_X = 0.7548776662
const JITTER_Y = 0.569840291

const middle = (c: Component): Place => [(c.x0 + c.x1) / 2, (c.y0 + c.y1) / 2]

function onPaper(paper: PaperMask, component: Component): boolean {
  const [x, y] = middle(component)
  return paper.data[Math.floor(y / paper.cell) * paper.columns + Math.floor(x / paper.cell)] === 1
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** The ink of the letters, thinned evenly to a number that is quick to project. */
function inkPoints(letters: readonly Component[], width: number): Points {
  const total = letters.reduce((sum, c) => sum + c.pixels.length, 0)
  const step = Math.max(1, Math.ceil(total / MAX_POINTS))
  const count = Math.ceil(total / step)
  const x = new Float32Array(count)
  const y = new Float32Array(count)
  let seen = 0
  let kept = 0
  for (const { pixels } of letters) {
    for (const at of pixels) {
      if (seen++ % step !== 0) continue
      x[kept] = (at % width) + ((kept * JITTER_X) % 1)
      y[kept] = Math.floor(at / width) + ((kept * JITTER_Y) % 1)
      kept++
    }
  }
  return { x: x.subarray(0, kept), y: y.subarray(0, kept) }
}

function paperCorners(paper: PaperMask): Place[] {
  const places: Place[] = []
  paper.data.forEach((on, i) => {
    if (on === 0) return
    const x0 = (i % paper.columns) * paper.cell
    const y0 = Math.floor(i / paper.columns) * paper.cell
    places.push(...corners({ x0, y0, x1: x0 + paper.cell, y1: y0 + paper.cell }))
  })
  return places
}

/** The shadow of a lid or the edge of a scan: long or thick ink that touches the rim of the picture. */
function isRim({ x0, y0, x1, y1 }: Component, { width, height }: PageImage): boolean {
  const touches = x0 === 0 || y0 === 0 || x1 === width || y1 === height
  return touches && (x1 - x0 > 0.1 * width || y1 - y0 > 0.06 * height)
}

/** Dust, staple holes, grain: small, and with hardly any other ink near it. */
function withoutSpecks(ink: readonly Component[], size: number): readonly Component[] {
  if (ink.length > MAX_INK) return ink
  const reach = SPECK_REACH * size
  const centres = ink.map(middle)
  const isNear = ([cx, cy]: Place, other: Place | undefined): boolean =>
    other !== undefined && Math.abs(other[0] - cx) < reach && Math.abs(other[1] - cy) < reach
  /** Looks first where neighbours are: ink comes in reading order. */
  const hasNeighbours = (i: number): boolean => {
    const own = centres[i]!
    let seen = 0
    for (let away = 1; away < centres.length && seen < MIN_NEIGHBOURS; away++)
      seen += Number(isNear(own, centres[i - away])) + Number(isNear(own, centres[i + away]))
    return seen >= MIN_NEIGHBOURS
  }
  return ink.filter((component, i) => {
    const small = component.x1 - component.x0 < 3 * size && component.y1 - component.y0 < 3 * size
    return !small || hasNeighbours(i)
  })
}

/** Degrees by which the lines are turned, and the median height of the letters across them. */
function readLines(letters: readonly Component[], width: number): Pick<Frame, 'degrees' | 'letterHeight'> {
  const { x, y } = inkPoints(letters, width)
  if (isSideways(letters)) {
    const { degrees } = estimateSkew({ x: y, y: x.map((v) => -v) })
    return { degrees: 90 + degrees, letterHeight: median(letters.map((c) => c.x1 - c.x0)) }
  }
  return { degrees: estimateSkew({ x, y }).degrees, letterHeight: median(letters.map((c) => c.y1 - c.y0)) }
}

interface Seen {
  readonly ink: readonly Component[]
  /** Null: the whole picture is paper. */
  readonly paper: PaperMask | null
}

function separateFromDesk(ink: readonly Component[], image: PageImage): Seen {
  const paper = findPaper(estimateBackground(image, PAPER_CELL))
  if (paper === null) return { ink, paper }
  const inside = ink.filter((c) => onPaper(paper, c))
  const clear = inside.filter(isLetter).length >= (1 - MAX_INK_ON_DESK) * ink.filter(isLetter).length
  return clear ? { ink: inside, paper } : { ink, paper: null }
}

/** Finds the text's angle and the part of the page that has ink on it; when in doubt, the whole page. */
export function findFrame(image: PageImage): Frame {
  const components = findComponents(inkBitmap(image)).filter(
    (c) => c.pixels.length >= MIN_INK && !isRim(c, image),
  )
  const { ink, paper } = separateFromDesk(components, image)
  const letters = ink.filter(isLetter)
  const lines = readLines(letters, image.width)
  const whole = turnedHull(corners({ x0: 0, y0: 0, x1: image.width, y1: image.height }), -lines.degrees)
  const sheet = paper === null ? whole : grow(turnedHull(paperCorners(paper), -lines.degrees), PAPER_CELL)
  const page = intersect(whole, sheet)
  const print = withoutSpecks(ink, lines.letterHeight)
  if (letters.length < MIN_LETTERS || print.length === 0) return { ...lines, ...page }
  const text = grow(turnedHull(print.flatMap(corners), -lines.degrees), MARGIN * lines.letterHeight)
  return { ...lines, ...intersect(text, page) }
}
