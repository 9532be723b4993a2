import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import { jsonPointerSchema } from '../../core/extraction.ts'
import { boxSchema } from '../../core/geometry.ts'
import { pointerKeys } from '../../core/pointer.ts'
import { compilePattern, maxPatternLength } from '../linear-regex.ts'
import { currencyCode } from '../currency.ts'
import * as parsers from '../parsers.ts'

/** The parsers that a template may name. */
export const valueParsers = {
  ...parsers,
  currency: currencyCode,
} as const satisfies Record<string, parsers.ValueParser>

const parserName = z.enum(Object.keys(valueParsers) as [keyof typeof valueParsers])
export type ParserName = z.infer<typeof parserName>

const oneOrMore = <S extends z.ZodType>(schema: S, most: number) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(schema).min(1).max(most),
  )

/** A text that OCR can find again: it needs a letter or digit. */
const wordingOf = z
  .string()
  .trim()
  .max(200)
  .regex(/[\p{L}\p{N}]/u, 'a text to look for needs letters or digits')
const wordings = oneOrMore(wordingOf, 10)

function patternError(source: string): string | null {
  try {
    compilePattern(source)
    return null
  } catch (error) {
    if (error instanceof ParallaxError) return error.message
    throw error
  }
}

const pattern = z
  .string()
  .min(1)
  .max(maxPatternLength)
  .superRefine((source, context) => {
    const message = patternError(source)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })

const share = z.number().min(0).max(1)
const range = z
  .tuple([share, share])
  .refine(([left, right]) => left < right, 'the left edge must be smaller than the right one')

const box = boxSchema
  .pipe(z.tuple([share, share, share, share]))
  .refine(([x0, y0, x1, y1]) => x0 < x1 && y0 < y1, 'a box is [left, top, right, bottom], left before right')

const region = z
  .strictObject({
    box: box.optional(),
    page: z.int().min(1).max(500).optional(),
    below: wordings.optional(),
    above: wordings.optional(),
    rows: z.int().min(1).max(100).optional(),
    x: range.optional(),
  })
  .refine(
    ({ box, below, above }) => (box === undefined) === (below !== undefined || above !== undefined),
    'a region has either "box" (a fixed place) or "below" and "above" (rows between texts)',
  )
  .refine(
    ({ box, rows, x }) => box === undefined || (rows === undefined && x === undefined),
    '"rows" and "x" belong to "below" and "above", not to "box"',
  )
  .refine(({ box, page }) => box !== undefined || page === undefined, '"page" belongs to "box"')

const column = z.strictObject({
  x: range,
  row: z.int().min(-10).max(10).optional(),
  wraps: z.boolean().optional(),
  as: parserName.optional(),
})

const table = z
  .strictObject({
    from: wordings.optional(),
    to: wordings.optional(),
    starts: z.string().max(100),
    columns: z.record(z.string().max(100), column),
  })
  .refine(({ starts, columns }) => Object.hasOwn(columns, starts), {
    path: ['starts'],
    message: '"starts" must name one of the columns',
  })
  .refine(({ columns, starts }) => (columns[starts]?.row ?? 0) === 0, {
    path: ['starts'],
    message: 'the column that starts a record stands on row 0',
  })

export const finders = ['text', 'anchor', 'regex', 'region', 'table'] as const

const way = z
  .strictObject({
    text: wordings.optional(),
    anchor: wordings.optional(),
    regex: pattern.optional(),
    region: region.optional(),
    table: table.optional(),
    as: parserName.optional(),
    take: z.enum(['first', 'last']).optional(),
  })
  .refine((way) => finders.filter((finder) => way[finder] !== undefined).length === 1, {
    message: `say one way to find it: ${finders.join(', ')}`,
  })
  .refine(({ table, text, as }) => as === undefined || (table === undefined && text === undefined), {
    path: ['as'],
    message: '"as" belongs to anchor, regex and region, and to the columns of a table',
  })
  .refine(({ table, take }) => table === undefined || take === undefined, {
    path: ['take'],
    message: 'chooses between places of one value, and a table finds a whole list',
  })
/** One way to find a field. */
export type Way = z.infer<typeof way>

export const isWay = (value: Way): boolean => way.safeParse(value).success

const safePointer = jsonPointerSchema
  .refine((pointer) => pointer.length <= 200, 'a field is at most 200 characters long')
  .superRefine((pointer, context) => {
    try {
      pointerKeys(pointer)
    } catch (error) {
      if (!(error instanceof ParallaxError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  })

const mark = z.union([wordingOf, z.strictObject({ regex: pattern })], {
  error: 'it must be a text, or "regex:" with a pattern',
})
/** Something by which a page of the vendor is recognised. */
export type Mark = z.infer<typeof mark>

export const isMark = (value: Mark): boolean => mark.safeParse(value).success

/** Fields that a template may have, and characters of the vendor's name. */
export const maxFields = 100
export const maxVendorLength = 200

/** Whether a template may have a field of this name. */
export const isFieldPointer = (pointer: string): boolean => safePointer.safeParse(pointer).success

/** A vendor's template as a file has it, `name` aside, which is the file's. */
export const vendorTemplateSchema = z.strictObject({
  name: z.string(),
  vendor: z.string().trim().min(1).max(maxVendorLength),
  type: z.string().min(1).max(100),
  match: oneOrMore(mark, 10),
  fields: z
    .record(safePointer, oneOrMore(way, 5))
    .refine((fields) => Object.keys(fields).length > 0, 'at least one field is needed')
    .refine((fields) => Object.keys(fields).length <= maxFields, `at most ${maxFields} fields are read`),
})
export type VendorTemplate = z.infer<typeof vendorTemplateSchema>

/** The start of the SHA-256 of what a template says, comments aside. */
export const revisionOf = (template: VendorTemplate): string =>
  createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 12)
