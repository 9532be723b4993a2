/** A black-and-white picture: one byte a pixel, row by row, 1 where there is ink. */
export interface Bitmap {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** An 8-connected patch of ink; x1 and y1 are exclusive. `pixels` are indices into the bitmap. */
export interface Component {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly pixels: Int32Array
}

function fill(bitmap: Bitmap, seen: Uint8Array, queue: Int32Array, start: number): Component {
  const { data, width, height } = bitmap
  let [x0, y0, x1, y1] = [width, height, 0, 0]
  let end = 1
  queue[0] = start
  seen[start] = 1
  for (let next = 0; next < end; next++) {
    const at = queue[next]!
    const x = at % width
    const y = (at - x) / width
    if (x < x0) x0 = x
    if (x >= x1) x1 = x + 1
    if (y < y0) y0 = y
    if (y >= y1) y1 = y + 1
    const left = x > 0 ? 1 : 0
    const right = x < width - 1 ? 1 : 0
    const last = y < height - 1 ? at + width : at
    for (let middle = y > 0 ? at - width : at; middle <= last; middle += width) {
      for (let neighbour = middle - left; neighbour <= middle + right; neighbour++) {
        if (data[neighbour] === 0 || seen[neighbour] === 1) continue
        seen[neighbour] = 1
        queue[end++] = neighbour
      }
    }
  }
  return { x0, y0, x1, y1, pixels: queue.slice(0, end) }
}

/** All connected patches of ink, in reading order of their first pixel. */
export function findComponents(bitmap: Bitmap): Component[] {
  const seen = new Uint8Array(bitmap.data.length)
  const queue = new Int32Array(bitmap.data.length)
  const components: Component[] = []
  for (let at = 0; at < bitmap.data.length; at++) {
    if (bitmap.data[at] === 1 && seen[at] === 0) components.push(fill(bitmap, seen, queue, at))
  }
  return components
}
