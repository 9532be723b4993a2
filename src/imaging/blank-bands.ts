import type { PageImage } from '../core/document.ts'

/** Darker pixels are print, on a page that is evenly lit. */
const INK = 160
/** Rows and columns of which so little is ink are blank: grain and the rule of a table are not print. */
const GRAIN = 0.002
/** Of all ink, that stands at least on either side of a band; less is a signature or a page number. */
const LEAST_SHARE = 0.08

interface Profiles {
  readonly rows: Uint32Array
  readonly columns: Uint32Array
}

function profilesOf({ data, width, height }: PageImage): Profiles {
  const rows = new Uint32Array(height)
  const columns = new Uint32Array(width)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      if (data[at]! < INK) {
        rows[y]!++
        columns[x]!++
      }
  return { rows, columns }
}

function hasBand(ink: Uint32Array, across: number, least: number): boolean {
  const all = ink.reduce((sum, n) => sum + n, 0)
  let seen = 0
  let blank = 0
  return ink.some((n) => {
    if (n <= GRAIN * across) blank++
    else if (blank >= least && seen >= LEAST_SHARE * all && all - seen >= LEAST_SHARE * all) return true
    else blank = 0
    seen += n
    return false
  })
}

/** Whether a blank band of at least so many pixels, across the page or down it, lies between print and print. */
export function hasBlankBand(image: PageImage, least: number): boolean {
  const { rows, columns } = profilesOf(image)
  return hasBand(rows, image.width, least) || hasBand(columns, image.height, least)
}
