import { createHash } from 'node:crypto'

/** Eight hexadecimal digits of a SHA-256 over all parts, in their order; parts that are cut elsewhere give another one. */
export function fingerprint(parts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    hash.update(`${bytes.length}:`).update(bytes)
  }
  return hash.digest('hex').slice(0, 8)
}

/** A revision that tells apart what has one version and other content: `1.3f9a01c7`; behind a name, `rules@1.3f9a01c7`. */
export const revision = (version: string, mark: string): string => `${version}.${mark}`
