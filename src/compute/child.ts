import { once } from 'node:events'
import { extname } from 'node:path'
import { ParallaxError, toErrorReport } from '../core/errors.ts'
import { startThread } from './entry.ts'
import type { ChildArguments, Reply, Request } from './protocol.ts'
import { childArgumentsSchema, memorySignal, pack, requestSchema } from './protocol.ts'
import type { WatchdogData } from './watchdog.ts'

export interface TaskContext {
  /** Gives the task `ms` milliseconds from now, whatever was left before; for example at the start of every page. */
  extendDeadline(ms: number): void
}

/** Does one kind of task; payload and result are data that structured cloning can copy. */
export type TaskHandler = (payload: unknown, context: TaskContext) => Promise<unknown>

/**
 * Makes this process a child of a pool: does the tasks it is sent, one at a time, by the handler of their name, and dies
 * with its parent. Rejects when the process was not started by a pool.
 */
export async function serveTasks(handlers: Readonly<Record<string, TaskHandler>>): Promise<void> {
  await startWatchdog(childArgumentsSchema.parse(process.argv.slice(2)))
  process.on('message', (message) => void serve(handlers, requestSchema.parse(message)))
  process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'))
  send({ type: 'ready' })
}

/** Resolves when the watchdog is looking; a watchdog that fails takes the process with it. */
async function startWatchdog(limits: ChildArguments): Promise<void> {
  const workerData: WatchdogData = { ...limits, memorySignal }
  const thread = startThread(new URL(`watchdog${extname(import.meta.url)}`, import.meta.url), { workerData })
  await once(thread, 'message')
  thread.unref()
}

async function serve(handlers: Readonly<Record<string, TaskHandler>>, request: Request): Promise<void> {
  const reply = await answer(handlers, request)
  send({ ...reply, id: request.id, rss: process.memoryUsage.rss() })
}

async function answer(handlers: Readonly<Record<string, TaskHandler>>, { id, task, payload }: Request) {
  const extendDeadline = (ms: number) => send({ type: 'extend', id, ms })
  try {
    const result = await handlerOf(handlers, task)(payload, { extendDeadline })
    return { type: 'result', value: pack(task, result) } as const
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined
    return { type: 'error', report: toErrorReport(error), stack } as const
  }
}

function handlerOf(handlers: Readonly<Record<string, TaskHandler>>, task: string): TaskHandler {
  const handler = Object.hasOwn(handlers, task) ? handlers[task] : undefined
  if (handler) return handler
  throw new ParallaxError('E_INTERNAL', `There is no task named "${task}".`)
}

function send(reply: Reply): void {
  process.send?.(reply)
}
