/** One thing that was measured, as people read it, and whether it is as it should be; null where it is only told. */
export interface Figure {
  readonly name: string
  readonly value: string
  readonly met: boolean | null
}

/** What became of a fault: its figures, or why it could not be tried on this machine. */
export type Outcome = readonly Figure[] | { readonly skipped: string }

/** A number as people read it; null, for what never happened, is `never`. */
function show(value: number | null, unit: string): string {
  if (value === null) return 'never'
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`
}

/** A number that is only told. */
export const told = (name: string, value: number | null, unit = ''): Figure => ({
  name,
  value: show(value, unit),
  met: null,
})

/** A number that may not be larger than `most`; null, for what never happened, is. */
export const atMost = (name: string, value: number | null, most: number, unit = ''): Figure => ({
  name,
  value: `${show(value, unit)} (≤ ${most})`,
  met: value !== null && value <= most,
})

/** What has to be just so. */
export function exactly<T extends string | number | boolean>(name: string, value: T, wanted: T): Figure {
  const met = value === wanted
  return { name, value: met ? String(value) : `${value} (not ${wanted})`, met }
}

export const passes = (figures: readonly Figure[]): boolean => figures.every(({ met }) => met !== false)
