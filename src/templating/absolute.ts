import type { ValueParser } from './parsers.ts'

/** A parser of numbers whose sign says nothing: "-5.00" and "5.00" both take 5.00 off. The text stays as printed. */
export const absolute =
  (parse: ValueParser): ValueParser =>
  (raw, locale) => {
    const parsed = parse(raw, locale)
    return parsed && typeof parsed.value === 'number' ? { ...parsed, value: Math.abs(parsed.value) } : parsed
  }
