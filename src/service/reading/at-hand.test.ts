import { beforeEach, describe, expect, it } from 'vitest'
import type { Document, Page } from '../../core/document.ts'
import type { OcrEngine } from '../../core/engines.ts'
import { identity } from '../../core/geometry.ts'
import type { Extent } from '../../core/part.ts'
import { keepingLast, readingOnce } from './at-hand.ts'

const pageOf = (number: number, side = 10): Page => ({
  number,
  image: { data: new Uint8Array(side * side), width: side, height: side },
  toSubmitted: identity,
  quality: { sharpness: 1, skew: 0 },
})

describe('the last document', () => {
  let made: string[] = []
  beforeEach(() => {
    made = []
  })

  /** A file of two pages, whose first byte is the side of its pages in hundreds of pixels. */
  async function load(bytes: Uint8Array, onPage: () => void, extent: Extent | null): Promise<Document> {
    const pages = (extent?.pages ?? [1, 2]).map((number) => pageOf(number, 100 * bytes[0]!))
    pages.forEach(onPage)
    made.push(`${bytes.join()} ${pages.map(({ number }) => number).join()} ${String(extent?.region ?? null)}`)
    return { pages }
  }

  const first = Uint8Array.of(1, 1)
  const second = Uint8Array.of(1, 2)
  const whole: Extent = { pages: [1, 2], region: null }

  it('is at hand for whoever asks next, as a whole or by all its pages', async () => {
    const kept = keepingLast(load)
    let pages = 0
    const document = await kept(first, () => pages++, null)
    expect(await kept(Uint8Array.from(first), () => pages++, whole)).toBe(document)
    expect(await kept(first, () => pages++, null)).toBe(document)
    expect([made.length, pages]).toEqual([1, 2])
  })

  it.each<[string, Uint8Array, Extent | null]>([
    ['another file', second, null],
    ['one of its pages', first, { pages: [1], region: null }],
    ['a region of a page', first, { pages: [1, 2], region: [0, 0, 1, 0.5] }],
  ])('is not taken for %s', async (_, bytes, extent) => {
    const kept = keepingLast(load)
    const document = await kept(first, () => {}, null)
    expect(await kept(bytes, () => {}, extent)).not.toBe(document)
    expect(made).toHaveLength(2)
  })

  it('gives way to the next one', async () => {
    const kept = keepingLast(load)
    for (const bytes of [first, second, first]) await kept(bytes, () => {}, null)
    expect(made).toHaveLength(3)
  })

  it('is not kept where it is large', async () => {
    const kept = keepingLast(load)
    const large = Uint8Array.of(40)
    for (let i = 0; i < 2; i++) await kept(large, () => {}, null)
    expect(made).toHaveLength(2)
  })

  it('is asked for again where it could not be made', async () => {
    let fails = true
    const kept = keepingLast(async (...given) => {
      if (fails) throw new Error('no memory')
      return load(...given)
    })
    await expect(kept(first, () => {}, null)).rejects.toThrow('no memory')
    fails = false
    expect((await kept(first, () => {}, null)).pages).toHaveLength(2)
  })
})

describe('an engine that reads once', () => {
  function counting() {
    const read: number[] = []
    const ocr: OcrEngine = {
      name: 'counting',
      revision: '5',
      uprightConfidence: 0.7,
      knownScriptConfidence: null,
      digitConfusions: { '1→7': 2 },
      async recognize({ number }) {
        read.push(number)
        return { page: number, lines: [] }
      },
    }
    return { read, ocr, once: readingOnce(ocr) }
  }

  it('answers for the same page what it has read', async () => {
    const { read, once } = counting()
    const page = pageOf(1)
    expect(await once.recognize({ ...page })).toBe(await once.recognize(page))
    await once.recognize(pageOf(1))
    expect(read).toEqual([1, 1])
  })

  it('answers for a page of another number by that number', async () => {
    const { once } = counting()
    const page = pageOf(1)
    await once.recognize(page)
    expect((await once.recognize({ ...page, number: 2 })).page).toBe(2)
  })

  it('is the engine in all else', () => {
    const { ocr, once } = counting()
    const { name, revision, uprightConfidence, knownScriptConfidence, digitConfusions } = once
    expect({ name, revision, uprightConfidence, knownScriptConfidence, digitConfusions }).toEqual({
      name: ocr.name,
      revision: ocr.revision,
      uprightConfidence: ocr.uprightConfidence,
      knownScriptConfidence: ocr.knownScriptConfidence,
      digitConfusions: ocr.digitConfusions,
    })
  })

  it('stops on abort also where it has read', async () => {
    const { once } = counting()
    const page = pageOf(1)
    await once.recognize(page)
    const reason = new Error('stopped')
    await expect(once.recognize(page, AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
