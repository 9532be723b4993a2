import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lineText, type Page } from '../../core/document.ts'
import type { OcrEngine } from '../../core/engines.ts'
import { drawPage, testOcrEngine } from '../contract.case.ts'
import ppOcr from './pp-ocr.ts'

testOcrEngine('pp-ocr', ppOcr)

describe('names and amounts of many countries', () => {
  let engine: OcrEngine
  beforeAll(async () => {
    engine = await ppOcr()
  })
  afterAll(() => engine.dispose?.())

  const read = async (page: Page): Promise<readonly string[]> =>
    (await engine.recognize(page)).lines.map(lineText)

  it.each([
    ['German', ['Beschläge Groß und Söhne', 'Straße 12', '12,50 €']],
    ['Swedish', ['Taxi Malmö AB', 'Östra Ågatan 7']],
    ['Spanish', ['Ferretería Olmo', 'Año Nuevo']],
    ['French', ['Crêperie Noël', 'Ça va à Besançon']],
    ['Polish', ['Żabka Łódź', 'ulica Świętego Józefa', '12,50 zł']],
    ['Czech', ['Řeznictví Novák', 'Děčín', '120,00 Kč']],
    ['Hungarian', ['Győri Sütőház', 'Tömő utca']],
    ['Romanian', ['Brașov', 'Băcănia']],
    ['Turkish', ['Çiğ Köfte Şişli', 'Kadıköy']],
    ['Icelandic', ['Bókabúð Höfn', 'Jón Ásgeir']],
    ['Latvian', ['Rīga Jūrmala', 'Šķērsiela']],
    ['Portuguese', ['Padaria São João', 'Informações']],
    ['Croatian', ['Županja Đakovo', 'Čokolada']],
  ])('reads %s with its marks', async (_, lines) => expect(await read(await drawPage(lines))).toEqual(lines))

  it.each(['€ 12,50', '£5.00', '₹ 120.00', '¥ 1,200', '$ 9.99'])('reads the sign of %s', async (amount) =>
    expect((await read(await drawPage([amount])))[0]?.replaceAll(' ', '')).toBe(amount.replaceAll(' ', '')),
  )
})

it('says by which weights it reads', async () => {
  const engine = await ppOcr()
  expect(engine.revision).toMatch(/line-reader@1\.[0-9a-f]{8} /)
  await engine.dispose?.()
})
