import { Command } from 'commander'
import { expect, test } from 'vitest'
import { withReadOptions, type ReadOptions } from '../src/cli/options.ts'
import { ocrOf, readerNames, readOptions, strategyOf } from './readers.ts'

const names = await readerNames()

const optionsOf = (name: string): ReadOptions =>
  withReadOptions(new Command(), 'json')
    .parse(['a.jpg', ...readOptions(name)], { from: 'user' })
    .opts()

test('the direct path and every OCR engine can read', () => {
  expect(names).toEqual(expect.arrayContaining(['direct', 'pp-ocr', 'receipt-dense', 'tesseract-js']))
})

test.each(names)('%s reads by its own path in a process of its own, as it does in this one', (name) => {
  const { route, ocr = 'other' } = optionsOf(name)
  expect({ route, ocr }).toEqual({ route: strategyOf(name), ocr: ocrOf(name, 'other') })
})
