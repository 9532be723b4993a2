import type { WorkerOptions } from 'node:worker_threads'
import { Worker } from 'node:worker_threads'

const isTypeScript = (entry: URL): boolean => entry.pathname.endsWith('.ts')

/**
 * The Node options with which a file of this package runs as a process of its own: TypeScript sources need a loader,
 * built files need nothing. The file itself is not among them.
 * The loader is found from any working directory.
 * @example spawn(process.execPath, [...nodeArgs(entry), fileURLToPath(entry)])
 */
export const nodeArgs = (entry: URL): string[] =>
  isTypeScript(entry) ? ['--import', import.meta.resolve('tsx')] : []

/** Starts a file of this package as a thread; a loader given by `--import` does not reach threads in Node 20. */
export function startThread(entry: URL, options: WorkerOptions): Worker {
  if (!isTypeScript(entry)) return new Worker(entry, options)
  const tsx = import.meta.resolve('tsx/esm/api')
  const code = `import('${tsx}').then(({ tsImport }) => tsImport('${entry.href}', '${entry.href}'))`
  return new Worker(code, { ...options, eval: true, execArgv: [] })
}
