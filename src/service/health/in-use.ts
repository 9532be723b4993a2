import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether the private Redis of a data folder runs, and so something that works in the folder. */
export async function isInUse(home: string): Promise<boolean> {
  const pid = Number(await readFile(join(home, 'redis', 'redis.pid'), 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
