/**
 * Runs as a thread of a child process, so that it goes on while native code blocks the main thread: ends the process
 * group when the parent has died, and the process when the group holds too much memory.
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads'
import { createGroupMeter } from './group-memory.ts'
import type { ChildArguments } from './protocol.ts'

/** What `startWatchdog` hands over; checked there. */
export interface WatchdogData extends ChildArguments {
  readonly memorySignal: NodeJS.Signals
}

const intervalMs = 100
const { parentPid, memoryLimitMb, memorySignal } = workerData as WatchdogData
const groupBytes = createGroupMeter()

function look(): void {
  if (process.ppid !== parentPid) process.kill(-process.pid, 'SIGKILL')
  if (groupBytes() > memoryLimitMb * 2 ** 20) process.kill(process.pid, memorySignal)
}

look()
setInterval(look, intervalMs)
parentPort?.postMessage('watching')
