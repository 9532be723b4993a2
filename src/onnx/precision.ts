import { readFileSync } from 'node:fs'

/** Whether the processor multiplies bytes into 32 bits, as `/proc/cpuinfo` tells it. */
export const hasWideByteProducts = (cpuinfo: string): boolean => /\bavx(?:512)?_vnni\b/.test(cpuinfo)

function cpuinfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return ''
  }
}

/**
 * Older x64 processors add products of bytes in 16 bits, where they overflow: there the runtime is told to be slower and
 * exact, so that networks in 8 bits read the same everywhere.
 */
export const precisionOptions: Readonly<Record<string, unknown>> =
  process.arch === 'x64' && !hasWideByteProducts(cpuinfo()) ? { session: { x64quantprecision: '1' } } : {}
