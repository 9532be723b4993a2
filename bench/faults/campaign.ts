import { passes, type Figure, type Outcome } from './figures.ts'
import type { Fault, Lab } from './lab.ts'

export type Verdict = 'pass' | 'fail' | 'skipped'

/** One fault that was tried. */
export interface Trial {
  readonly name: string
  readonly what: string
  readonly verdict: Verdict
  readonly figures: readonly Figure[]
  /** Why it was skipped, or why it could not be tried to its end; null otherwise. */
  readonly reason: string | null
  readonly seconds: number
}

type Ended = Pick<Trial, 'verdict' | 'figures' | 'reason'>

const isFigures = (outcome: Outcome): outcome is readonly Figure[] => Array.isArray(outcome)

export function judge(outcome: Outcome): Ended {
  if (!isFigures(outcome)) return { verdict: 'skipped', figures: [], reason: outcome.skipped }
  return { verdict: passes(outcome) ? 'pass' : 'fail', figures: outcome, reason: null }
}

const broken = (error: unknown): Ended => ({
  verdict: 'fail',
  figures: [],
  reason: error instanceof Error ? error.message : String(error),
})

/** Tries one fault; whatever is thrown meanwhile is a failure of it, and keeps no other from being tried. */
export async function tryFault({ name, what, run }: Fault, lab: Lab): Promise<Trial> {
  const started = performance.now()
  const ended = await run(lab).then(judge, broken)
  return { name, what, ...ended, seconds: (performance.now() - started) / 1000 }
}

/** Tries those that wait together and the others one by one; answers in the order of `faults`. */
export async function tryAll(
  faults: readonly Fault[],
  lab: Lab,
  onTrial: (trial: Trial) => void,
): Promise<readonly Trial[]> {
  const trials = new Map<Fault, Trial>()
  const attempt = async (fault: Fault): Promise<void> => {
    const trial = await tryFault(fault, lab)
    trials.set(fault, trial)
    onTrial(trial)
  }
  await Promise.all(faults.filter(({ waits }) => waits).map(attempt))
  for (const fault of faults.filter(({ waits }) => !waits)) await attempt(fault)
  return faults.map((fault) => trials.get(fault)!)
}

const sentence = ({ name, value, met }: Figure): string =>
  met === false ? `**${name}: ${value}**` : `${name}: ${value}`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')

const row = ({ name, what, verdict, figures, reason }: Trial): string => {
  const told = [...figures.map(sentence), ...(reason === null ? [] : [reason])].join('; ')
  return `| ${[name, what, told, verdict === 'fail' ? '**fail**' : verdict].map(cell).join(' | ')} |`
}

/** A table in Markdown, a row a fault; figures that are not as they should be stand out. */
export function formatTrials(trials: readonly Trial[]): string {
  const number = (verdict: Verdict): number => trials.filter((trial) => trial.verdict === verdict).length
  const sum = `${number('pass')} pass, ${number('fail')} fail, ${number('skipped')} skipped`
  return ['| fault | what was done | figures | |', '|---|---|---|---|', ...trials.map(row), '', sum].join(
    '\n',
  )
}
