import { RE2JS } from 're2js'
import { lineText } from '../core/document.ts'
import { ParallaxError } from '../core/errors.ts'
import { linesOf, type FieldRule } from './rule.ts'
import type { OcrPage } from '../core/document.ts'
import { matching, type FindSpans, type RegexOptions } from './regex.ts'

/** Characters that a pattern may have. */
export const maxPatternLength = 300

/** A pattern of a stranger, run in time linear in the text; E_BAD_REQUEST for one that is none. */
export function compilePattern(source: string): RE2JS {
  if (source.length > maxPatternLength)
    throw new ParallaxError('E_BAD_REQUEST', `the pattern is longer than ${maxPatternLength} characters`)
  try {
    return RE2JS.compile(source)
  } catch (error) {
    throw new ParallaxError('E_BAD_REQUEST', `the pattern cannot be used: ${reason(error)}`, { cause: error })
  }
}

const reason = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)

function spansOf(pattern: RE2JS): FindSpans {
  const group = pattern.groupCount() > 0 ? 1 : 0
  return (text) => {
    const matcher = pattern.matcher(text)
    const spans: [number, number][] = []
    while (matcher.find()) {
      const [start, end] = [matcher.start(group), matcher.end(group)]
      if (end > start && start >= 0) spans.push([start, end])
    }
    return spans
  }
}

/**
 * As `regex`, for a pattern in RE2 syntax that somebody else wrote; E_BAD_REQUEST as `compilePattern`.
 * @example linearRegex('Bon-Nr\\.? *(\\d+)')
 */
export const linearRegex = (source: string, options: RegexOptions = {}): FieldRule =>
  matching(spansOf(compilePattern(source)), options)

/** Whether a pattern is found on any line. */
export function showsPattern(pages: readonly OcrPage[], source: string): boolean {
  const pattern = compilePattern(source)
  return linesOf(pages).some(({ line }) => pattern.matcher(lineText(line)).find())
}
