import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileFunction } from 'node:vm'
import { HEVCDecoder, type HEVCFrame } from '@hevcjs/core'
import type { CodedTile, HevcConfiguration } from './heif-container.ts'
import type { Size } from './page-source.ts'
import { corruptImage } from './upright.ts'

type Factory = (options: object) => Promise<unknown>

const silent = { print: () => {}, printErr: () => {} }

/**
 * The decoder's loader is a CommonJS file in a package of ES modules, so that Node's `import` finds nothing in it; the
 * package takes a factory under this global name as well.
 */
function provideFactory(): void {
  const file = fileURLToPath(new URL('wasm/hevc-decode.js', import.meta.resolve('@hevcjs/core')))
  const module = { exports: {} as Factory }
  const parameters = ['module', 'exports', 'require', '__filename', '__dirname']
  const load = compileFunction(readFileSync(file, 'utf8'), parameters, { filename: file }) as (
    ...values: unknown[]
  ) => void
  load(module, module.exports, createRequire(file), file, dirname(file))
  const factory = module.exports
  Object.assign(globalThis, {
    HEVCDecoderModule: (options: object) => factory({ ...options, ...silent }),
  })
}
provideFactory()

const START_CODE = Uint8Array.of(0, 0, 0, 1)

/** The units of a tile as a byte stream (H.265, annex B): a start code where the file has a length. */
function byteStream(
  { data }: CodedTile,
  { lengthSizeMinusOne, nalu_arrays: sets }: HevcConfiguration,
): Uint8Array {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const lengthSize = lengthSizeMinusOne + 1
  const parts: Uint8Array[] = sets.flat().flatMap((set) => [START_CODE, set.data])
  for (let at = 0; at + lengthSize <= bytes.length;) {
    const from = at + lengthSize
    const to = from + bytes.readUIntBE(at, lengthSize)
    if (to > bytes.length) throw corruptImage()
    parts.push(START_CODE, bytes.subarray(from, to))
    at = to
  }
  return Buffer.concat(parts)
}

/** A coded picture may be wider and higher than the one that is shown by less than its largest block. */
const LARGEST_BLOCK = 64

const fits = (coded: number, shown: number): boolean => coded >= shown && coded < shown + LARGEST_BLOCK

export interface HevcDecoder {
  /** The picture of a tile as planes of samples, at least as large as its container says; throws what is wrong with it. */
  decode(tile: CodedTile, size: Size): HEVCFrame
  close(): void
}

/** A decoder of HEVC still pictures with 8 or 10 bits and 4:2:0 chroma, in WebAssembly with a memory of its own. */
export async function openHevcDecoder(): Promise<HevcDecoder> {
  const decoder = await HEVCDecoder.create()
  return {
    decode(tile, { width, height }) {
      if (tile.configuration === null) throw corruptImage()
      decoder.feed(byteStream(tile, tile.configuration))
      const [frame] = decoder.flush()
      if (!frame || !fits(frame.width, width) || !fits(frame.height, height)) throw corruptImage()
      return frame
    },
    close: () => decoder.destroy(),
  }
}
