import type { Parallax, Settings } from './api.ts'

/** What reads pages takes longer to load than what describes documents. */
const load = () => import('./open-parallax.ts')

/**
 * Reads documents in this process's own children. E_BAD_REQUEST names a setting that cannot be used.
 * @example
 * const parallax = await createParallax({ concurrency: 2 })
 * const result = await parallax.extract('scan.jpg', { schema: receiptSchema })
 * if (result.error === null) console.log(result.data.total)
 * await parallax.close()
 */
export async function createParallax(settings: Settings = {}): Promise<Parallax> {
  const { openParallax } = await load()
  return openParallax(settings)
}
