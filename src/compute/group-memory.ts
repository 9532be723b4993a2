import { allPids, hasProc, kinshipOf, residentBytes } from './proc.ts'

/**
 * Makes a function that answers the resident bytes of this process and of all others in its process group. Where there
 * is no `/proc` (macOS) the others are not counted.
 */
export function createGroupMeter(): () => number {
  if (!hasProc()) return () => process.memoryUsage.rss()
  const own = String(process.pid)
  let foreign = new Set<string>()
  // A process is born into its parent's group, so one that was seen in another group never has to be asked again.
  return () => {
    const others = allPids().filter((pid) => pid !== own)
    const members = others.filter((pid) => !foreign.has(pid) && kinshipOf(pid).group === own)
    foreign = new Set(others.filter((pid) => !members.includes(pid)))
    return members.reduce((sum, pid) => sum + residentBytes(pid), process.memoryUsage.rss())
  }
}
