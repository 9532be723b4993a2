import type { Lab } from './lab.ts'
import type { Served } from './served.ts'
import { seconds } from './waiting.ts'

export interface Meanwhile {
  readonly jobs: readonly string[]
  readonly refused: number
  /** Seconds of the slowest answer. */
  readonly slowest: number
}

/** Submits a document every so often for as long as something is away. */
export async function submitMeanwhile(
  lab: Lab,
  served: Served,
  forSeconds: number,
  everySeconds: number,
): Promise<Meanwhile> {
  const ended = performance.now() + forSeconds * 1000
  const answers = []
  while (performance.now() < ended) {
    answers.push(await served.submit(lab.documents(1)))
    const left = (ended - performance.now()) / 1000
    await seconds(Math.max(0, Math.min(everySeconds, left)))
  }
  return {
    jobs: answers.flatMap(({ jobs }) => jobs),
    refused: answers.filter(({ status }) => status !== 202).length,
    slowest: Math.max(...answers.map((answer) => answer.seconds)),
  }
}
