import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own for tests, in memory. */
export interface SmallDisk extends Disposable {
  readonly folder: string
  /** Leaves no room on it. */
  fill(): void
  /** Takes away again what filled it. */
  free(): void
  /** Lets nobody write on it any more. */
  seal(): void
}

const mount = (...args: readonly string[]): boolean => spawnSync('mount', args).status === 0

/** Whether whoever runs the tests may mount disks: as a rule only root may. */
export const mayMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'parallax-mount-'))
  const may = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder)
  if (may) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return may
})()

export function openSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'parallax-disk-'))
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder))
    throw new Error(`Nothing can be mounted at ${folder}.`)
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a')
      for (let bytes = 2 ** 20; bytes >= 1;)
        try {
          writeSync(file, Buffer.alloc(bytes))
        } catch {
          bytes = Math.floor(bytes / 2)
        }
      closeSync(file)
    },
    free: () => rmSync(filler, { force: true }),
    seal() {
      if (!mount('-o', 'remount,ro', folder)) throw new Error(`${folder} is still being written.`)
    },
    [Symbol.dispose]() {
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
