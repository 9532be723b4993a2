import { describe, expect, test } from 'vitest'
import type { OcrPage } from '../core/document.ts'
import type { EntityTagger } from '../core/engines.ts'
import { pageOf } from '../core/page.case.ts'

const receipt = `
        KEDAI KOPI MAJU SDN BHD
        12, JALAN SETIA 5, TAMAN SETIA
        81100 JOHOR BAHRU, JOHOR
        TEL: 07-355 2616

   02/03/2018              20:15:42
   NASI LEMAK                  5.50
   TEH TARIK                   3.50
   TOTAL                       9.00
   CASH                       10.00
   CHANGE                      1.00`

const wordsOf = (pages: readonly OcrPage[]) => pages.flatMap((p) => p.lines.flatMap((r) => r.words))

/** What every entity tagger must do. */
export function testEntityTagger(name: string, create: () => EntityTagger): void {
  describe(`entity tagger ${name}`, () => {
    const tagger = create()
    const pages = [pageOf(receipt), pageOf('THANK YOU\nPLEASE COME AGAIN', { page: 2 })]

    test('says which tagger and revision it is', () => {
      expect(tagger.name).toBe(name)
      expect(tagger.revision).not.toBe('')
      expect(new Set(tagger.labels).size).toBe(tagger.labels.length)
    })

    test('labels words of the pages, by identity', async () => {
      const entities = await tagger.tag(pages)
      expect(entities).not.toEqual([])
      for (const entity of entities) {
        const words = new Set(wordsOf(pages.filter((p) => p.page === entity.page)))
        expect(entity.words).not.toEqual([])
        expect(entity.words.every((word) => words.has(word))).toBe(true)
        expect(new Set(entity.words).size).toBe(entity.words.length)
      }
    })

    test('uses its own labels, and confidences from 0 to 1', async () => {
      for (const { label, confidence, group } of await tagger.tag(pages)) {
        expect(tagger.labels).toContain(label)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        expect(group === null || Number.isInteger(group)).toBe(true)
      }
    })

    test('is surer of what the engine was surer of', async () => {
      const sum = async (confidence: number) => {
        const entities = await tagger.tag([pageOf(receipt, { confidence })])
        return entities.reduce((total, e) => total + e.confidence, 0)
      }
      expect(await sum(0.95)).toBeGreaterThan(await sum(0.3))
    })

    test('answers the same for the same pages, and leaves them as they were', async () => {
      const before = structuredClone(pages)
      const first = await tagger.tag(pages)
      expect(await tagger.tag(pages)).toEqual(first)
      expect(pages).toEqual(before)
    })

    test.each([
      ['no pages', []],
      ['an empty page', [{ page: 1, lines: [] }]],
    ])('finds nothing on %s', async (_, none) => expect(await tagger.tag(none)).toEqual([]))

    test('honours an aborted signal', async () => {
      const reason = new Error('stopped')
      await expect(tagger.tag(pages, AbortSignal.abort(reason))).rejects.toBe(reason)
    })
  })
}
