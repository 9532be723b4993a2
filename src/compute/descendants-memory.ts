import { allPids, hasProc, kinshipOf, residentBytes } from './proc.ts'

/** Resident bytes of all processes that this one has started, and those they have started; null where they cannot be seen. */
export function descendantsMemory(): number | null {
  if (!hasProc()) return null
  const childrenOf = new Map<string, string[]>()
  for (const pid of allPids()) {
    const { parent } = kinshipOf(pid)
    if (parent !== undefined) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid])
  }
  const bytesBelow = (pid: string): number =>
    (childrenOf.get(pid) ?? []).reduce((sum, child) => sum + residentBytes(child) + bytesBelow(child), 0)
  return bytesBelow(String(process.pid))
}
