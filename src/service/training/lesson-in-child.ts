import type { Reading } from '../../core/document-type.ts'
import type { OcrPage, TextLine } from '../../core/document.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import type { FieldQuestion } from '../../core/field-question.ts'
import { getPointer } from '../../core/pointer.ts'
import { placesOf, type Run, type WordGraph } from '../../document-types/find-values.ts'
import { placesOfRecords } from '../../document-types/find-records.ts'
import { reloadType } from '../../document-types/load.ts'
import { askedBy, type Asked } from '../../document-types/schema-questions.ts'
import { partsOf } from '../../onnx/document/answers.ts'
import { askerManifestSchema, type AskerManifest } from '../../onnx/document/manifest.ts'
import { pageInputs } from '../../onnx/document/page.ts'
import { openModel } from '../../onnx/model-folder.ts'
import { anyDocument } from '../../onnx/own-model.ts'
import type { FillContext } from '../../templating/rule.ts'
import { contextOf } from '../../templating/template.ts'
import type { ChildEngines, ReadProgress } from '../reading/read-in-child.ts'
import { readText } from '../reading/read-text.ts'
import type { Lesson, LessonRequest } from './lesson.ts'

/** A part of a page as the network is given it. */
interface Sheet {
  readonly lines: readonly TextLine[]
  readonly graph: WordGraph
}

/** Where a field's value stands, on every sheet. */
interface Found {
  readonly question: number
  readonly pointer: JsonPointer
  readonly places: readonly (readonly Run[])[]
}

/** A value that stands in more places than this is told from nothing by its place. */
const mostPlaces = 40

/** Of a column's cells, that have to be found for those that are not to count as such. */
const leastCells = 0.7

function sheetsOf(pages: readonly OcrPage[], { decoding, features }: AskerManifest): readonly Sheet[] {
  return pages
    .flatMap(({ lines }) => partsOf(lines, decoding.longest))
    .map((lines) => {
      const { right, below } = pageInputs(lines, features)
      return { lines, graph: { words: lines.flatMap(({ words }) => words), right, below } }
    })
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

const isBlank = (value: Scalar): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '')

/** Where the single values of a truth stand; what it does not tell is left out. */
function valuesOf(
  { questions, fields }: Asked,
  truth: unknown,
  sheets: readonly Sheet[],
  context: FillContext,
): readonly Found[] {
  return questions.flatMap((question) => {
    const value = getPointer(truth, question.pointer)
    if (!isScalar(value)) return []
    const places = sheets.map(({ graph }) => (isBlank(value) ? [] : placesOf(graph, value!, question, context)))
    const number = fields.findIndex(({ pointer }) => pointer === question.pointer)
    return [{ question: number, pointer: question.pointer, places }]
  })
}

/** Where the cells of its lists stand; a column of which too many are not found is left out. */
function cellsOf(
  { lists, fields }: Asked,
  truth: unknown,
  sheets: readonly Sheet[],
  context: FillContext,
): readonly Found[] {
  return lists.flatMap((list) => {
    const records = getPointer(truth, list.pointer)
    if (!Array.isArray(records)) return []
    const columns = placesOfRecords(
      sheets.map(({ graph, lines }) => ({ graph, lines })),
      list.columns,
      records,
      context,
    )
    return columns.flatMap(({ key, cells, wanted, places }) => {
      const { pointer } = list.columns[key]!.field
      const question = fields.findIndex((field) => field.pointer === pointer)
      return cells >= leastCells * wanted ? [{ question, pointer, places }] : []
    })
  })
}

/** Whether the truth says that a field is not printed, so that finding it nowhere is right. */
function isAbsent(pointer: JsonPointer, fields: readonly FieldQuestion[], truth: unknown): boolean {
  const field = fields.find((one) => one.pointer === pointer)
  if (field?.list) return (getPointer(truth, field.list) as readonly unknown[]).length === 0
  return isBlank(getPointer(truth, pointer) as Scalar)
}

const countOf = ({ places }: Found): number => places.reduce((sum, runs) => sum + runs.length, 0)

/** Parts with an answer, and the first without any: how a page looks that states nothing. */
function usefulParts(sheets: readonly Sheet[], known: readonly Found[]): Lesson['parts'] {
  const isAnswered = (at: number): boolean => known.some(({ places }) => places[at]!.length > 0)
  const first = sheets.findIndex((_, at) => !isAnswered(at))
  return sheets.flatMap(({ lines }, at) => {
    if (!isAnswered(at) && at !== first) return []
    const rows = lines.map(({ words }) => words.map(({ text, box }) => ({ text, box: [...box] as const })))
    const answers = known.map(({ question, places }) => ({ question, runs: places[at]!.map((run) => [...run]) }))
    return [{ rows: rows as unknown as Lesson['parts'][number]['rows'], answers }]
  })
}

/** What can be learnt from what was read of a document, whose true values are told. A value that is nowhere found is not asked for. */
export function lessonOf(reading: Reading, asked: Asked, truth: unknown, manifest: AskerManifest): Lesson {
  const context = contextOf(reading)
  const sheets = sheetsOf(reading.pages, manifest)
  const told = [...valuesOf(asked, truth, sheets, context), ...cellsOf(asked, truth, sheets, context)]
  const absent = told.filter(({ pointer }) => isAbsent(pointer, asked.fields, truth))
  const stated = told.filter((one) => !absent.includes(one))
  const isTelling = (one: Found): boolean => {
    const isColumn = asked.fields[one.question]!.list !== null
    return countOf(one) > 0 && (isColumn || countOf(one) <= mostPlaces)
  }
  const found = stated.filter(isTelling)
  const lost = stated.filter((one) => countOf(one) === 0)
  return {
    reading: {
      pages: structuredClone(reading.pages) as Lesson['reading']['pages'],
      digitConfusions: { ...reading.digitConfusions },
    },
    parts: found.length === 0 ? [] : usefulParts(sheets, [...found, ...absent]),
    found: found.map(({ pointer }) => pointer),
    lost: lost.map(({ pointer }) => pointer),
  }
}

/** Reads a document and finds its true values among the words. */
export async function lessonInChild(
  { truth, ...request }: LessonRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Lesson> {
  const { type, jsonSchema } = await reloadType(request.type)
  if (!type.questions)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `The type "${type.name}" reads by rules and models of its own: only a type that its JSON Schema alone describes can be trained.`,
    )
  const manifest = askerManifestSchema.parse((await openModel(anyDocument)).manifest)
  const reading = await readText({ ...request, type: null }, engines, progress)
  progress.extendDeadline(request.pageMs * reading.pages.length)
  return lessonOf(reading, askedBy(jsonSchema, type.name), truth, manifest)
}
