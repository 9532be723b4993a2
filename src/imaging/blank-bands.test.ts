import { expect, test } from 'vitest'
import { hasBlankBand } from './blank-bands.ts'
import { drawLines, drawSheet, filled } from './test-images.ts'

const below = filled(400, 900, 250)
drawLines(below, 40, 40, 16, 20, 8)
drawLines(below, 40, 480, 16, 20, 8)
const beside = filled(900, 400, 250)
drawLines(beside, 40, 40, 16, 20, 10)
drawLines(beside, 520, 40, 16, 20, 10)
const signed = filled(400, 900, 250)
drawLines(signed, 40, 40, 16, 20, 16)
drawLines(signed, 40, 840, 16, 3, 1)

test.each([
  ['print below print', below, true],
  ['print beside print', beside, true],
  ['a full sheet', drawSheet(600, 900), false],
  ['print with a little below it', signed, false],
  ['an empty sheet', filled(300, 300, 255), false],
])('finds a blank band: %s', (_, image, found) => expect(hasBlankBand(image, 60)).toBe(found))
