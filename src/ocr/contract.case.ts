import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lineText, type Page } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import { identity } from '../core/geometry.ts'

/** A white page of the lines, 110 pixels apart in the system's sans serif. */
export async function drawPage(lines: readonly string[]): Promise<Page> {
  const blank = sharp({ create: { width: 1000, height: 600, channels: 3, background: 'white' } })
  const texts = await Promise.all(
    lines.map(async (line, i) => ({
      input: await sharp({ text: { text: line, font: 'sans', dpi: 200, width: 960 } })
        .flatten({ background: 'white' })
        .negate()
        .png()
        .toBuffer(),
      left: 40,
      top: 60 + i * 110,
    })),
  )
  const { data, info } = await blank.composite(texts).greyscale().raw().toBuffer({ resolveWithObject: true })
  return {
    number: 3,
    image: { data, width: info.width, height: info.height },
    toSubmitted: identity,
    quality: { sharpness: 1000, skew: 0 },
  }
}

/** What every OCR engine must do. */
export function testOcrEngine(name: string, create: () => Promise<OcrEngine>): void {
  describe(`OCR engine ${name}`, () => {
    let engine: OcrEngine
    beforeAll(async () => {
      engine = await create()
    })
    afterAll(() => engine.dispose?.())

    it('says which engine and revision it is', () => {
      expect(engine.name).toBe(name)
      expect(engine.revision).toMatch(/\d/)
    })

    it('reads words in lines from top to bottom, with boxes inside the page', async () => {
      const page = await engine.recognize(await drawPage(['GRAND TOTAL 12.50', 'CASH 20.00', 'CHANGE 7.50']))
      expect(page.page).toBe(3)
      expect(page.lines.map(lineText)).toEqual(['GRAND TOTAL 12.50', 'CASH 20.00', 'CHANGE 7.50'])
      const words = page.lines.flatMap((r) => r.words)
      for (const { box, confidence } of words) {
        expect(box[0]).toBeGreaterThanOrEqual(0)
        expect(box[1]).toBeGreaterThanOrEqual(0)
        expect(box[2]).toBeLessThanOrEqual(1)
        expect(box[3]).toBeLessThanOrEqual(1)
        expect(box[2]).toBeGreaterThan(box[0])
        expect(confidence).toBeGreaterThan(0.5)
        expect(confidence).toBeLessThanOrEqual(1)
      }
      expect(words[0]!.box[0]).toBeCloseTo(0.04, 1)
      expect(words[0]!.box[1]).toBeCloseTo(0.1, 1)
    })

    it('finds no words on a blank page', async () => {
      expect((await engine.recognize(await drawPage([]))).lines).toEqual([])
    })

    it('honours an aborted signal', async () => {
      const reason = new Error('stopped')
      const page = await drawPage(['HELLO'])
      await expect(engine.recognize(page, AbortSignal.abort(reason))).rejects.toBe(reason)
    })

    it('reads the next page after one it could not read', async () => {
      const page = await drawPage(['STILL HERE'])
      const broken = { ...page, image: { data: new Uint8Array(10), width: 0, height: 0 } }
      await expect(engine.recognize(broken)).rejects.toMatchObject({ code: 'E_ENGINE' })
      expect((await engine.recognize(page)).lines.map(lineText)).toEqual(['STILL HERE'])
    })
  })
}
