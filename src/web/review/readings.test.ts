import { describe, expect, it } from 'vitest'
import { certaintyOf } from './certainty.ts'
import { resultField } from './form.case.ts'
import { readingsOf } from './readings.ts'

describe('readings', () => {
  it('are those of both paths, the chosen one first', () => {
    const field = resultField({
      value: 9,
      text: '9.00',
      confidence: 0.6,
      alternatives: [{ path: 'modular', value: 9.5, text: '9.50', confidence: 0.3 }],
    })
    expect(readingsOf(field)).toEqual([
      { paths: ['direct'], value: 9, text: '9.00', confidence: 0.6 },
      { paths: ['modular'], value: 9.5, text: '9.50', confidence: 0.3 },
    ])
  })

  it('are one where the paths agree', () => {
    const alternatives = [{ path: 'modular' as const, value: 'A', text: 'A', confidence: 0.9 }]
    const [one, ...others] = readingsOf(resultField({ value: 'A', confidence: 0.5, alternatives }))
    expect(one).toMatchObject({ paths: ['direct', 'modular'], confidence: 0.9 })
    expect(others).toEqual([])
    expect(readingsOf(undefined)).toEqual([])
  })
})

describe('certainty', () => {
  it.each([
    [0.97, 'sure'],
    [0.9, 'sure'],
    [0.75, 'likely'],
    [0.2, 'doubtful'],
  ])('is %d in words: %s', (confidence, word) =>
    expect(certaintyOf(resultField({ value: 1, confidence }), false).word).toBe(word),
  )

  it('has other words for what was certified, not found, or written by a person', () => {
    expect(certaintyOf(resultField({ value: 1, confidence: 0.5, certified: true }), false).word).toBe(
      'certified',
    )
    expect(certaintyOf(resultField({ confidence: 0.99 }), false).word).toBe('not found')
    expect(certaintyOf(resultField({ value: 1, confidence: 1 }), true).word).toBe('yours')
    expect(certaintyOf(resultField({ value: 1 }), false, 'Ada')).toMatchObject({
      word: 'corrected',
      title: 'Corrected by Ada',
    })
  })

  it('never rounds a doubt away', () => {
    expect(certaintyOf(resultField({ value: 1, confidence: 0.999 }), false).title).toContain('99 %')
  })
})
