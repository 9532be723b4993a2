import { describe, expect, it } from 'vitest'
import { readText, textOf, type FieldKind } from './value-text.ts'

const valueOf = (kind: FieldKind, text: string): unknown => {
  const read = readText(kind, text)
  return read.ok ? read.value : read.problem
}

describe('readText', () => {
  it.each([
    ['12.50', 12.5],
    ['12,50', 12.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['1 234,5', 1234.5],
    ["1'234.50", 1234.5],
    ['1,234,567', 1234567],
    ['-3.20', -3.2],
    ['.5', 0.5],
    ['1.125', 1.125],
  ])('reads the number %s', (text, value) => expect(valueOf('number', text)).toBe(value))

  it.each(['1,234', 'RM 5', '12..5', '1e5', '--1', '.'])('asks again about %s', (text) =>
    expect(valueOf('number', text)).toMatch(/Write a number/),
  )

  it('wants whole numbers for integers', () => {
    expect(valueOf('integer', '3')).toBe(3)
    expect(valueOf('integer', '3.5')).toMatch(/whole/)
  })

  it('knows which days there are', () => {
    expect(valueOf('date', '2024-02-29')).toBe('2024-02-29')
    expect(valueOf('date', '2025-02-29')).toMatch(/day/)
    expect(valueOf('date', '3.4.2024')).toMatch(/year-month-day/)
  })

  it('knows which times there are', () => {
    expect(valueOf('time', '23:59:01')).toBe('23:59:01')
    expect(valueOf('time', '24:00')).toMatch(/hours/)
  })

  it('takes an empty input for nothing, and keeps other text as it is', () => {
    expect(valueOf('text', '  ')).toBeNull()
    expect(valueOf('number', '')).toBeNull()
    expect(valueOf('text', ' 00123 ')).toBe('00123')
    expect(valueOf('boolean', 'no')).toBe(false)
  })
})

describe('textOf', () => {
  it('shows cents where they were printed', () => {
    expect(textOf(9, 'RM 9.00')).toBe('9.00')
    expect(textOf(9.5, '9,50 EUR')).toBe('9.50')
    expect(textOf(9, '9')).toBe('9')
    expect(textOf(1.125, '1.12')).toBe('1.125')
  })

  it('shows nothing as nothing, and truth in words', () => {
    expect([textOf(null), textOf(true), textOf(false), textOf('a')]).toEqual(['', 'yes', 'no', 'a'])
  })
})
