import type { Page } from '../../core/document.ts'
import type { Fields } from '../../core/extraction.ts'
import { mapBox } from '../../core/geometry.ts'
import { annotate, type Mark, type Shade } from '../../imaging/annotate.ts'
import { invert } from '../../imaging/transform.ts'
import type { ParsedAttemptRequest } from './attempt.ts'
import type { Explanation } from './explain.ts'
import { readInChild, type ChildEngines, type ReadProgress } from './read-in-child.ts'
import { readText } from './read-text.ts'

/** Told apart by most people, also on grey print. */
const palette = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#8c6d00',
  '#56b4e9',
  '#5d3a9b',
  '#c1272d',
] as const

/** The same colour for a field and for the map of its label, whatever else is drawn. */
function colorOf(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z]/g, '')
  const sum = Array.from(letters, (c) => c.charCodeAt(0)).reduce((a, b) => (a * 31 + b) % 9973, 7)
  return palette[sum % palette.length]!
}

function fieldMarks(fields: Fields, page: Page): Mark[] {
  const toPage = invert(page.toSubmitted)
  return Object.entries(fields).flatMap(([pointer, { value, source, confidence }]) => {
    if (value === null || source?.page !== page.number) return []
    const label = `${pointer} ${String(value).slice(0, 40)} (${Math.round(confidence * 100)} %)`
    return [{ box: mapBox(source.box, toPage), label, color: colorOf(pointer), strong: true }]
  })
}

interface Seen {
  readonly shades: readonly (Shade & { readonly page: number })[]
  readonly marks: readonly (Mark & { readonly page: number })[]
}

async function seenByModel(
  { vlm, type, pageMs }: ParsedAttemptRequest,
  pages: readonly Page[],
  engines: ChildEngines,
  { extendDeadline }: ReadProgress,
): Promise<Seen> {
  extendDeadline(pageMs * pages.length)
  const maps = (await (await engines.vlm(vlm, type)).fieldMaps?.(pages)) ?? []
  return { shades: maps.map((map) => ({ ...map, color: colorOf(map.label) })), marks: [] }
}

async function seenByOcr(
  request: ParsedAttemptRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Seen> {
  const { pages } = await readText(request, engines, progress)
  const marks = pages.flatMap(({ page, lines }) =>
    lines.flatMap(({ words }) =>
      words.map(({ box }) => ({ page, box, label: '', color: '#777777', strong: false })),
    ),
  )
  return { shades: [], marks }
}

/** Reads the document once more and draws what was seen on its pages as the readers see them: straightened and evened out. */
export async function explainInChild(
  request: ParsedAttemptRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Explanation> {
  const attempt = await readInChild(request, engines, progress)
  const { pages } = await engines.load(
    request.bytes,
    () => progress.extendDeadline(request.pageMs),
    request.part,
  )
  const seen =
    request.path === 'direct'
      ? await seenByModel(request, pages, engines, progress)
      : await seenByOcr(request, engines, progress)
  const fields = attempt.ok ? attempt.extraction.fields : {}
  const drawn: Explanation = []
  for (const page of pages) {
    progress.extendDeadline(request.pageMs)
    const shades = seen.shades.filter((s) => s.page === page.number)
    const marks = [...seen.marks.filter((m) => m.page === page.number), ...fieldMarks(fields, page)]
    drawn.push({ page: page.number, png: await annotate(page.image, shades, marks) })
  }
  return drawn
}
