import type { Allowance } from './task-process.ts'

/** Runs a task of the extraction children by its name; payload and answer are data. See `Pool`. */
export type RunTask = (
  task: string,
  payload: unknown,
  options?: { readonly signal?: AbortSignal; readonly deadlineMs?: number; readonly allowance?: Allowance },
) => Promise<unknown>
