import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  update(done: number): void
  stop(): void
}

/** For whoever wants to see none. */
export const noProgress: Progress = { update: () => {}, stop: () => {} }

/** A bar with rate and time left on a terminal; a line every ten seconds elsewhere. */
export function startProgress(total: number, doneBefore: number, unit = 'documents'): Progress {
  const started = Date.now()
  const bar = new SingleBar(
    {
      format: `{bar} {value}/{total} | {rate} ${unit}/s | {left} left`,
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 10_000,
      hideCursor: true,
      clearOnComplete: false,
    },
    Presets.shades_classic,
  )
  const payload = (done: number): { rate: string; left: string } => {
    const rate = (done - doneBefore) / Math.max(0.001, (Date.now() - started) / 1000)
    return { rate: rate.toFixed(1), left: rate > 0 ? duration((total - done) / rate) : '–' }
  }
  bar.start(total, doneBefore, payload(doneBefore))
  return { update: (done) => bar.update(done, payload(done)), stop: () => bar.stop() }
}

/** 75 → 1:15 min */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${String(Math.round(seconds % 60)).padStart(2, '0')} min`
}
