/** Finds times of day: 8:13, 20:15:42, 8.13 PM. A point separates only before AM or PM, else it is an amount. */
export const timePattern = (): RegExp =>
  /(?<![\d:.,/-])(?<h>[01]?\d|2[0-4])(?:\s?[:;]\s?(?<m>[0-5]\d)(?:\s?[:;.]\s?(?<s>[0-5]\d))?(?:\s?(?<half>[ap]\.?\s?m\b\.?))?|\.(?<m2>[0-5]\d)\s?(?<half2>[ap]\.?\s?m\b\.?))(?![\d:])/giu

/**
 * Reads a time of day as HH:MM, or HH:MM:SS where seconds are printed.
 * @example parseTime('8:13:39 PM') // '20:13:39'
 */
export function parseTime(text: string): string | null {
  const g = timePattern().exec(text)?.groups
  if (!g) return null
  const half = (g['half'] ?? g['half2'])?.[0]?.toLowerCase()
  const hour = Number(g['h'])
  const hours = half === 'p' && hour < 12 ? hour + 12 : half === 'a' && hour === 12 ? 0 : hour
  if (hours > 23) return null
  return [String(hours).padStart(2, '0'), g['m'] ?? g['m2'], g['s']].filter(Boolean).join(':')
}
