import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from '../core/document.ts'
import type { DocumentType } from '../core/document-type.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { identity } from '../core/geometry.ts'
import { getPointer } from '../core/pointer.ts'
import type { VlmBackend, VlmPrediction } from '../core/vlm.ts'

const size = { width: 900, height: 1200 }

/** A page that shows these lines. */
export async function drawPage(lines: readonly string[], number = 1): Promise<Page> {
  const texts = lines.map((line, i) => `<text x="60" y="${120 + i * 70}">${line}</text>`).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">
    <rect width="100%" height="100%" fill="white"/><g font-family="sans-serif" font-size="40">${texts}</g></svg>`
  const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true })
  return {
    number,
    image: { data, width: info.width, height: info.height },
    toSubmitted: identity,
    quality: { sharpness: 1000, skew: 0 },
  }
}

export interface VlmExpectations {
  readonly type: DocumentType
  /** Lines of a page that the backend can read. */
  readonly lines: readonly string[]
  /** Single values that it must read there; by pointer. */
  readonly reads: Readonly<Record<JsonPointer, unknown>>
}

/** Every field is the value of the data, sure to a degree, and stands on a page or nowhere. */
function checkFields({ data, fields }: VlmPrediction, pages: readonly Page[]): void {
  for (const [pointer, field] of Object.entries(fields)) {
    expect(field.value).toEqual(getPointer(data, pointer) ?? null)
    expect(field.confidence).toBeGreaterThanOrEqual(0)
    expect(field.confidence).toBeLessThanOrEqual(1)
    if (!field.source) continue
    const [x0, y0, x1, y1] = field.source.box
    expect(Math.min(x0, y0)).toBeGreaterThanOrEqual(0)
    expect(Math.max(x1, y1)).toBeLessThanOrEqual(1)
    expect(x1).toBeGreaterThanOrEqual(x0)
    expect(y1).toBeGreaterThanOrEqual(y0)
    expect(pages.map((page) => page.number)).toContain(field.source.page)
  }
}

/** What every backend must do. */
export function testVlmBackend(
  name: string,
  create: () => Promise<VlmBackend>,
  { type, lines, reads }: VlmExpectations,
): void {
  describe(`vision-language backend ${name}`, () => {
    let backend: VlmBackend
    beforeAll(async () => {
      backend = await create()
    })
    afterAll(() => backend.dispose?.())

    it('says which backend and revision it is', () => {
      expect(backend.name).toBe(name)
      expect(backend.revision).toMatch(/\d/)
    })

    it('makes data and fields of a page', async () => {
      const pages = [await drawPage(lines)]
      const prediction = await backend.predict(pages, type)
      expect(prediction).toMatchObject({ stopReason: 'end', text: expect.stringMatching(/\S/) })
      expect(Object.keys(prediction.fields)).not.toEqual([])
      for (const [pointer, value] of Object.entries(reads))
        expect(getPointer(prediction.data, pointer), pointer).toEqual(value)
      checkFields(prediction, pages)
    })

    it('reads the pages of one document together', async () => {
      const pages = [await drawPage(lines), await drawPage([], 2)]
      checkFields(await backend.predict(pages, type), pages)
    })

    it('invents nothing on a blank page', async () => {
      const { fields } = await backend.predict([await drawPage([])], type)
      expect(Object.entries(fields).filter(([, field]) => field.value !== null)).toEqual([])
    })

    it('honours an aborted signal', async () => {
      const reason = new Error('stopped')
      const page = await drawPage(lines)
      await expect(backend.predict([page], type, AbortSignal.abort(reason))).rejects.toBe(reason)
    })
  })
}
