import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import type { JobStore } from '../core/job-store.ts'
import type { BatchDetails, SubmittedBatch, WorkFile } from '../core/jobs.ts'

/** What `submitAll` was called with. */
export interface Submission {
  readonly batchId: string
  readonly details: Partial<BatchDetails>
  readonly files: readonly WorkFile[]
}

/** Writes all of a group durably at once; answers what became of each, or rejects when none of it was written. */
export type WriteGroup = (
  group: readonly Submission[],
) => Promise<readonly PromiseSettledResult<SubmittedBatch>[]>

/** Between two writings, in milliseconds: what a submission waits at most so that others come along. */
const everyMs = 10

/** Files after which a group takes no more batches: nothing else is written meanwhile. */
const fullAt = 100

interface Waiting {
  readonly submission: Submission
  readonly resolve: (written: SubmittedBatch) => void
  readonly reject: (reason: unknown) => void
}

/** As many as are written together, taken from the front. */
function takeGroup(waiting: Waiting[]): readonly Waiting[] {
  let count = 0
  for (let files = 0; count < waiting.length && files < fullAt; count++) {
    files += waiting[count]!.submission.files.length
  }
  return waiting.splice(0, count)
}

async function writeAndTell(group: readonly Waiting[], write: WriteGroup): Promise<void> {
  try {
    const outcomes = await write(group.map(({ submission }) => submission))
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') group[i]!.resolve(outcome.value)
      else group[i]!.reject(outcome.reason)
    }
  } catch (error) {
    for (const { reject } of group) reject(error)
  }
}

/** `submitAll` by which those who submit at about the same time share one flush of the disk, the dearest part of it. */
export function groupedSubmissions(write: WriteGroup): JobStore['submitAll'] {
  const waiting: Waiting[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    isWriting = true
    await turn()
    while (waiting.length > 0) {
      await writeAndTell(takeGroup(waiting), write)
      await delay(everyMs)
    }
    isWriting = false
  }

  return (batchId, details, files) =>
    new Promise((resolve, reject) => {
      waiting.push({ submission: { batchId, details, files }, resolve, reject })
      if (!isWriting) void writeAll()
    })
}
