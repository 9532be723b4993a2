import { signals, type Evidence, type Signal } from './evidence.ts'
import { weights } from './weights.ts'

/** What speaks for another document, as a clause that goes on from "it". */
const clauses: Partial<Readonly<Record<Signal, string>>> = {
  restartsPages: 'counts its pages from 1 again',
  otherNumber: 'has another number',
  otherDate: 'has another date',
  secondTotal: 'has a total of its own after one was reached',
  head: 'begins with an address, a phone or a registration',
  blank: 'stands behind a blank band',
}

/** What speaks for another document beginning, the strongest first. */
export function reasonsOf(evidence: Evidence): readonly string[] {
  const found = signals.filter((signal) => clauses[signal] !== undefined && evidence[signal] > 0)
  const strength = (signal: Signal): number => evidence[signal] * weights.signals[signal]
  return found.sort((a, b) => strength(b) - strength(a)).map((signal) => clauses[signal]!)
}
