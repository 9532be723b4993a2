import { relative } from 'node:path'
import { z } from 'zod'

const countSchema = z.object({ total: z.int().min(0), covered: z.int().min(0) })
const coverageSchema = z.object({ lines: countSchema, branches: countSchema, functions: countSchema })

/** What is used of istanbul's `coverage-summary.json`: each file by its path, and `total`. */
export const summarySchema = z.record(z.string(), coverageSchema)

type Summary = z.infer<typeof summarySchema>
type Coverage = z.infer<typeof coverageSchema>

/** Shares of a folder's code that tests ran, 0 to 1; null where it has none of a kind. */
export interface FolderCoverage {
  readonly folder: string
  readonly lines: number | null
  readonly branches: number | null
  readonly functions: number | null
}

/** `src/queue` for `src/queue/redis.ts`; the folder itself for what stands at its top. */
function folderOf(file: string): string {
  const [top = '', ...below] = file.split('/')
  return top === 'src' && below.length > 1 ? `${top}/${below[0]}` : top
}

function share(files: readonly Coverage[], kind: keyof Coverage): number | null {
  const total = files.reduce((sum, file) => sum + file[kind].total, 0)
  return total === 0 ? null : files.reduce((sum, file) => sum + file[kind].covered, 0) / total
}

const ofFiles = (folder: string, files: readonly Coverage[]): FolderCoverage => ({
  folder,
  lines: share(files, 'lines'),
  branches: share(files, 'branches'),
  functions: share(files, 'functions'),
})

/** Coverage of each folder below `root`, in the order of their names, and of all files last. */
export function coverageByFolder(summary: Summary, root: string): readonly FolderCoverage[] {
  const folders = new Map<string, Coverage[]>()
  for (const [path, coverage] of Object.entries(summary)) {
    if (path === 'total') continue
    const folder = folderOf(relative(root, path))
    folders.set(folder, [...(folders.get(folder) ?? []), coverage])
  }
  const names = [...folders.keys()].sort()
  return [
    ...names.map((name) => ofFiles(name, folders.get(name)!)),
    ofFiles('all', [...folders.values()].flat()),
  ]
}
