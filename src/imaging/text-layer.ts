import type { Box } from '../core/geometry.ts'
import { insideOf, type TextModule } from './pdfium-text.ts'

/** A word of a text layer, in fractions of the upright page. */
export interface LayerWord {
  readonly text: string
  readonly box: Box
  /** Whether its letters are known, and it is drawn at all. */
  readonly isSound: boolean
  /** Where its first and its last letter stand. */
  readonly first: Box
  readonly last: Box
}

/** What a page says of its text itself, before anybody looks whether it is true. */
export interface TextLayer {
  readonly words: readonly LayerWord[]
  /** Where pictures stand, in fractions of the upright page. */
  readonly pictures: readonly Box[]
}

/** More letters than a page that people read can show; such a layer is not read. */
const MAX_LETTERS = 30_000
/** More things drawn on a page than are looked at. */
const MAX_OBJECTS = 20_000
const MAX_DEPTH = 4
/** Pixels of the page that places are told in. */
const GRID = 100_000
const INVISIBLE = new Set([3, 7])
const IMAGE = 3
const FORM = 5
/** Space between letters, in heights of the line, that parts two words where no blank is drawn. */
const GAP = 0.6

interface Letter {
  readonly text: string
  readonly box: Box | null
  readonly isSound: boolean
}

const unknown = /[\uFFFD\p{Co}\p{Cc}\p{Cn}]/u

/** Reads the numbers and places of an open page through a piece of PDFium's memory. */
class PageReader {
  readonly #module: TextModule
  readonly #page: number
  readonly #memory: number

  constructor(module: TextModule, page: number) {
    this.#module = module
    this.#page = page
    this.#memory = module.wasmExports.malloc(64)
  }

  free(): void {
    this.#module.wasmExports.free(this.#memory)
  }

  /** A point of the page, in points from its lower left, as fractions of the upright page. */
  #place(x: number, y: number): readonly [number, number] {
    const at = this.#memory + 48
    this.#module._FPDF_PageToDevice(this.#page, 0, 0, GRID, GRID, 0, x, y, at, at + 4)
    const view = new DataView(this.#module.HEAPU8.buffer)
    return [view.getInt32(at, true) / GRID, view.getInt32(at + 4, true) / GRID]
  }

  #box(left: number, bottom: number, right: number, top: number): Box {
    const [ax, ay] = this.#place(left, bottom)
    const [bx, by] = this.#place(right, top)
    return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)]
  }

  #float(index: number): number {
    return new DataView(this.#module.HEAPU8.buffer).getFloat32(this.#memory + 4 * index, true)
  }

  #double(index: number): number {
    return new DataView(this.#module.HEAPU8.buffer).getFloat64(this.#memory + 8 * index, true)
  }

  /** Around the letter's ink. */
  #letterBox(text: number, index: number): Box | null {
    const [l, r, b, t] = [0, 8, 16, 24].map((offset) => this.#memory + offset) as [
      number,
      number,
      number,
      number,
    ]
    if (!this.#module._FPDFText_GetCharBox(text, index, l, r, b, t)) return null
    const [left, right, bottom, top] = [0, 1, 2, 3].map((i) => this.#double(i)) as [
      number,
      number,
      number,
      number,
    ]
    const inkBox = this.#box(left, bottom, right, top)
    return [...inkBox].every(Number.isFinite) ? inkBox : null
  }

  letter(text: number, index: number): Letter {
    const module = this.#module
    const code = module._FPDFText_GetUnicode(text, index)
    const sign = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
    if (/\s/.test(sign)) return { text: ' ', box: null, isSound: true }
    const object = module._FPDFText_GetTextObject(text, index)
    const isDrawn = object === 0 || !INVISIBLE.has(module._FPDFTextObj_GetTextRenderMode(object))
    const isKnown = module._FPDFText_HasUnicodeMapError(text, index) !== 1 && !unknown.test(sign)
    return { text: sign, box: this.#letterBox(text, index), isSound: isDrawn && isKnown }
  }

  /** The outlines of pictures; of a group that holds one, its own. */
  pictures(): readonly Box[] {
    const module = this.#module
    const boxes: Box[] = []
    let left = MAX_OBJECTS
    const holdsPicture = (object: number, depth: number): boolean => {
      if (left-- <= 0) return true
      const type = module._FPDFPageObj_GetType(object)
      if (type !== FORM) return type === IMAGE
      if (depth === MAX_DEPTH) return true
      const count = module._FPDFFormObj_CountObjects(object)
      for (let i = 0; i < count; i++)
        if (holdsPicture(module._FPDFFormObj_GetObject(object, i), depth + 1)) return true
      return false
    }
    const count = module._FPDFPage_CountObjects(this.#page)
    for (let i = 0; i < count; i++) {
      const object = module._FPDFPage_GetObject(this.#page, i)
      if (!holdsPicture(object, 0)) continue
      const [l, b, r, t] = [0, 4, 8, 12].map((offset) => this.#memory + offset) as [
        number,
        number,
        number,
        number,
      ]
      if (module._FPDFPageObj_GetBounds(object, l, b, r, t))
        boxes.push(this.#box(this.#float(0), this.#float(1), this.#float(2), this.#float(3)))
      if (left <= 0) return [[0, 0, 1, 1]]
    }
    return boxes
  }
}

const heightOf = (box: Box): number => box[3] - box[1]

/** Whether a letter goes on with the word that the other ends: beside it, in either direction of writing. */
function goesOn(last: Box, next: Box): boolean {
  const size = Math.max(heightOf(last), heightOf(next), last[2] - last[0], next[2] - next[0])
  const across = Math.max(next[0] - last[2], last[0] - next[2])
  const down = Math.max(next[1] - last[3], last[1] - next[3])
  return across <= GAP * size && down <= GAP * size
}

const hullOf = (boxes: readonly Box[]): Box =>
  boxes.reduce((a, b) => [
    Math.min(a[0], b[0]),
    Math.min(a[1], b[1]),
    Math.max(a[2], b[2]),
    Math.max(a[3], b[3]),
  ])

type Placed = Letter & { readonly box: Box }

const toWord = (letters: readonly Placed[]): LayerWord => ({
  text: letters
    .map(({ text }) => text)
    .join('')
    .normalize('NFKC'),
  box: hullOf(letters.map(({ box }) => box)),
  isSound: letters.every(({ isSound }) => isSound),
  first: letters[0]!.box,
  last: letters.at(-1)!.box,
})

function toWords(letters: Iterable<Letter>): readonly LayerWord[] {
  const words: LayerWord[] = []
  let open: Placed[] = []
  const close = (): void => {
    if (open.length > 0) words.push(toWord(open))
    open = []
  }
  for (const { box, ...letter } of letters) {
    if (letter.text === ' ' || box === null) {
      close()
      continue
    }
    const last = open.at(-1)
    if (last && !goesOn(last.box, box)) close()
    open.push({ ...letter, box })
  }
  close()
  return words
}

function readPage(module: TextModule, page: number): TextLayer | null {
  const text = module._FPDFText_LoadPage(page)
  if (text === 0) return null
  const reader = new PageReader(module, page)
  try {
    const count = module._FPDFText_CountChars(text)
    if (count <= 0 || count > MAX_LETTERS) return null
    const words = toWords(Array.from({ length: count }, (_, i) => reader.letter(text, i)))
    return { words, pictures: reader.pictures() }
  } finally {
    reader.free()
    module._FPDFText_ClosePage(text)
  }
}

function withPage<T>(
  module: TextModule,
  document: number,
  index: number,
  use: (page: number) => T,
): T | null {
  const page = module._FPDF_LoadPage(document, index)
  if (page === 0) return null
  try {
    return use(page)
  } finally {
    module._FPDF_ClosePage(page)
  }
}

/**
 * The words that a page of an open PDF holds, with those of its form fields and notes, which become a part of the page: it
 * must have been drawn before. Null for a page without a text layer, and for one with more letters than people read.
 */
export function readTextLayer(document: object, index: number): TextLayer | null {
  const inside = insideOf(document)
  if (!inside) return null
  const { module, documentIdx } = inside
  withPage(module, documentIdx, index, (page) => module._FPDFPage_Flatten(page, 0))
  return withPage(module, documentIdx, index, (page) => readPage(module, page))
}
