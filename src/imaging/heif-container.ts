import { createFile, Log, MP4BoxBuffer, type ISOFile } from 'mp4box'
import { z } from 'zod'
import type { Size } from './page-source.ts'
import { corruptImage } from './upright.ts'

// What is wrong with a file is found when its parts are looked at; nothing is to be printed.
Log.error = () => {}

/** A change that a file asks for once its picture is decoded; they are made in their order. */
export type Change =
  | {
      readonly kind: 'crop'
      readonly left: number
      readonly top: number
      readonly width: number
      readonly height: number
    }
  | { readonly kind: 'turn'; readonly degreesClockwise: number }
  | { readonly kind: 'mirror'; readonly exchanges: 'left and right' | 'top and bottom' }

/** How its luma and colour differences are meant: H.273's matrix coefficients, and whether black is 0 rather than 16. */
export interface ColourCoding {
  readonly matrix: number
  readonly fullRange: boolean
}

/** The primary picture of a HEIF file (ISO/IEC 23008-12), before its changes: one coded image, or a grid of equal ones. */
export interface HeifPicture extends Size {
  /** The four letters of the coding: `hvc1` for HEVC, `av01` for AV1 … */
  readonly codec: string
  readonly columns: number
  readonly rows: number
  readonly tile: Size
  readonly changes: readonly Change[]
  readonly colour: ColourCoding
  /** The `index`-th tile, row by row from the top left. */
  tileAt(index: number): CodedTile
}

/** A coded image with what its decoder has to know first. */
export interface CodedTile {
  readonly configuration: HevcConfiguration | null
  readonly data: Uint8Array
}

const bytesSchema = z.instanceof(Uint8Array)
const configurationSchema = z.object({
  chroma_format_idc: z.int(),
  lengthSizeMinusOne: z.int().max(3),
  nalu_arrays: z.array(z.array(z.object({ data: bytesSchema }))),
})
/** `hvcC`: the parameter sets, the chroma format (1 is 4:2:0) and the size of the lengths before the units. */
export type HevcConfiguration = z.infer<typeof configurationSchema>

const sizeSchema = z.object({ image_width: z.int().min(1), image_height: z.int().min(1) })
const apertureSchema = z.object({
  cleanApertureWidthN: z.int(),
  cleanApertureWidthD: z.int().min(1),
  cleanApertureHeightN: z.int(),
  cleanApertureHeightD: z.int().min(1),
  horizOffN: z.int(),
  horizOffD: z.int().min(1),
  vertOffN: z.int(),
  vertOffD: z.int().min(1),
})
const colourSchema = z.object({
  colour_type: z.literal('nclx'),
  matrix_coefficients: z.int(),
  full_range_flag: z.int(),
})

const itemSchema = z.object({
  type: z.string(),
  size: z.number(),
  data: bytesSchema,
  ref_to: z.array(z.object({ type: z.string(), id: z.object({ to_item_ID: z.int() }) })).default([]),
  properties: z.object({ boxes: z.array(z.custom<Property>((box) => typeof box === 'object')) }),
})
type Item = z.infer<typeof itemSchema>
type Property = Readonly<Record<string, unknown>> & { readonly type: string }

/** More are no picture, but work for its own sake. */
const MAX_CHANGES = 8

const boxesOf = ({ properties }: Item, type: string): readonly Property[] =>
  properties.boxes.filter((box) => box.type === type)

function itemOf(file: ISOFile, found: unknown, fileBytes: number): Item {
  const item = itemSchema.parse(found)
  // Pieces of a file may be named again and again.
  if (item.size > fileBytes || item.data.length < item.size) throw corruptImage()
  return item
}

function sizeOf(item: Item): Size {
  const { image_width: width, image_height: height } = sizeSchema.parse(boxesOf(item, 'ispe')[0])
  return { width, height }
}

/** H.273's 2 stands for "unspecified"; phones then mean BT.601 in full range. */
function colourOf(items: readonly Item[]): ColourCoding {
  for (const box of items.flatMap((item) => boxesOf(item, 'colr'))) {
    const { success, data } = colourSchema.safeParse(box)
    if (success) return { matrix: data.matrix_coefficients, fullRange: data.full_range_flag === 1 }
  }
  return { matrix: 2, fullRange: true }
}

/** The clean aperture as whole pixels; its offset is that of its centre from the picture's. */
function cropOf(box: Property, { width, height }: Size): Change {
  const clean = apertureSchema.parse(box)
  const across = Math.round(clean.cleanApertureWidthN / clean.cleanApertureWidthD)
  const down = Math.round(clean.cleanApertureHeightN / clean.cleanApertureHeightD)
  // Offsets have a sign, which the parser does not know.
  const left = Math.round((clean.horizOffN | 0) / clean.horizOffD + (width - across) / 2)
  const top = Math.round((clean.vertOffN | 0) / clean.vertOffD + (height - down) / 2)
  if (left < 0 || top < 0 || across < 1 || down < 1 || left + across > width || top + down > height)
    throw corruptImage()
  return { kind: 'crop', left, top, width: across, height: down }
}

function changeOf(box: Property, size: Size): Change | null {
  if (box.type === 'clap') return cropOf(box, size)
  if (box.type === 'irot')
    return { kind: 'turn', degreesClockwise: (360 - 90 * z.int().max(3).parse(box['angle'])) % 360 }
  if (box.type === 'imir')
    return { kind: 'mirror', exchanges: box['axis'] === 0 ? 'top and bottom' : 'left and right' }
  return null
}

/** The size after changes. */
export const sizeAfter = (size: Size, changes: readonly Change[]): Size =>
  changes.reduce<Size>((now, change) => {
    if (change.kind === 'crop') return { width: change.width, height: change.height }
    const sideways = change.kind === 'turn' && change.degreesClockwise % 180 !== 0
    return sideways ? { width: now.height, height: now.width } : now
  }, size)

function changesOf(item: Item, size: Size): readonly Change[] {
  const changes: Change[] = []
  for (const box of item.properties.boxes) {
    const change = changeOf(box, sizeAfter(size, changes))
    if (change !== null) changes.push(change)
  }
  if (changes.length > MAX_CHANGES) throw corruptImage()
  return changes
}

/** Columns, rows and size of a grid: two bytes of version and flags, counts less one, and sides of 16 or 32 bits. */
function gridOf(data: Uint8Array): Size & { readonly columns: number; readonly rows: number } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const wide = (view.getUint8(1) & 1) === 1
  return {
    rows: view.getUint8(2) + 1,
    columns: view.getUint8(3) + 1,
    width: wide ? view.getUint32(4) : view.getUint16(4),
    height: wide ? view.getUint32(8) : view.getUint16(6),
  }
}

function codedTile(item: Item): CodedTile {
  const [box] = boxesOf(item, 'hvcC')
  return { configuration: box ? configurationSchema.parse(box) : null, data: item.data }
}

function parseFile(bytes: Uint8Array): ISOFile {
  const file = createFile()
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(Uint8Array.from(bytes).buffer, 0))
  file.flush()
  return file
}

function describe(bytes: Uint8Array): HeifPicture {
  const file = parseFile(bytes)
  const item = (found: unknown): Item => itemOf(file, found, bytes.length)
  const primary = item(file.getPrimaryItem())
  const parts =
    primary.type === 'grid'
      ? primary.ref_to.filter(({ type }) => type === 'dimg').map(({ id }) => id.to_item_ID)
      : []
  const grid = primary.type === 'grid' ? gridOf(primary.data) : { ...sizeOf(primary), columns: 1, rows: 1 }
  if (primary.type === 'grid' && parts.length !== grid.columns * grid.rows) throw corruptImage()
  const part = (index: number): Item => (parts.length === 0 ? primary : item(file.getItem(parts[index]!)))
  const first = part(0)
  return {
    ...grid,
    codec: first.type,
    tile: sizeOf(first),
    changes: changesOf(primary, grid),
    colour: colourOf([primary, first]),
    tileAt: (index) => codedTile(part(index)),
  }
}

/** The primary picture of a HEIF file; E_CORRUPT where the container is damaged. Nothing is decoded. */
export function readContainer(bytes: Uint8Array): HeifPicture {
  try {
    return describe(bytes)
  } catch (cause) {
    throw corruptImage(cause)
  }
}
