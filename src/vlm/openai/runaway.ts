const shortest = 20
const longest = 1000
const spaces = 2000

/** Records repeat on a page (ten tins of the same), words within a value do not. */
const timesTooMany = (unit: string): number => (unit.includes('{') ? 32 : 8)

function repeats(text: string, period: number): boolean {
  const end = text.length
  if (text[end - 1] !== text[end - 1 - period]) return false
  const unit = text.slice(end - period)
  if (unit.trim() === '') return false
  const times = timesTooMany(unit)
  const from = end - times * period
  return from >= 0 && text.slice(from, end - period) === text.slice(from + period)
}

/** How much of a text to keep, once: null while it does not repeat itself without end. */
export function runaway(text: string): number | null {
  const blank = text.length - text.trimEnd().length
  if (blank > spaces) return text.length - blank
  const most = Math.min(longest, Math.floor(text.length / 8))
  for (let period = shortest; period <= most; period++) {
    if (!repeats(text, period)) continue
    return text.length - (timesTooMany(text.slice(-period)) - 1) * period
  }
  return null
}
