import { compiled, lbeta } from 'cephes'

await compiled

/** Trials so far, and how many of them were errors. */
export interface Trials {
  readonly trials: number
  readonly errors: number
}

/** Both parameters of the mixing distribution: Beta(½, ½), which loses least whatever the rate is (Krichevsky & Trofimov 1981). */
const mixing = 0.5

/** n·ln(p), where nothing times anything is nothing. */
const timesLog = (n: number, p: number): number => (n === 0 ? 0 : n * Math.log(p))

/** The logarithm of how much likelier the trials are under the mixture of all rates than under this one. */
const logMixture = ({ trials, errors }: Trials, rate: number): number =>
  lbeta(errors + mixing, trials - errors + mixing) -
  lbeta(mixing, mixing) -
  timesLog(errors, rate) -
  timesLog(trials - errors, 1 - rate)

const observed = ({ trials, errors }: Trials): number => (trials === 0 ? 0 : errors / trials)

/**
 * The e-value of trials against the hypothesis that their error rate is at most `promised` (between 0 and 1): 1 says
 * nothing, large values speak against it. While the hypothesis holds, it reaches 1/α at any time, however often and for
 * whatever reason somebody looks, with a probability of at most α (Ville 1939), so that whoever gives up the hypothesis
 * then errs that rarely.
 *
 * For each rate, the likelihood ratio of a beta mixture to that rate is a martingale that starts at 1 (Robbins 1970;
 * Howard, Ramdas, McAuliffe & Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences"); it is what
 * a gambler has who bets on errors at the odds of that rate (Waudby-Smith & Ramdas 2024, "Estimating means of bounded
 * random variables by betting"). The least over all rates up to `promised` is the e-value; it is that of the rate nearest
 * to the observed one.
 * @example eValue({ trials: 50, errors: 10 }, 0.05) // 121.5
 */
export const eValue = (seen: Trials, promised: number): number =>
  Math.exp(logMixture(seen, Math.min(promised, observed(seen))))

/** Between two numbers, where a function that falls or rises between them passes 0; to the precision of a double. */
function root(value: (at: number) => number, positive: number, negative: number): number {
  let [inside, outside] = [negative, positive]
  for (let i = 0; i < 60; i++) {
    const middle = (inside + outside) / 2
    if (value(middle) > 0) outside = middle
    else inside = middle
  }
  return inside
}

/**
 * The rates that the trials leave possible at a confidence (0 to 1), [0, 1] without trials. As a sequence over all times
 * the intervals hold together: with that probability none ever leaves the true rate out. `eValue` reaches
 * 1 / (1 − confidence) exactly where the interval lies above what was promised.
 * @example anytimeInterval({ trials: 50, errors: 10 }, 0.95) // [0.063, 0.414]
 */
export function anytimeInterval(seen: Trials, confidence: number): readonly [low: number, high: number] {
  const rate = observed(seen)
  const excess = (at: number): number => logMixture(seen, at) + Math.log1p(-confidence)
  return [
    seen.errors === 0 ? 0 : root(excess, 0, rate),
    seen.errors === seen.trials ? 1 : root(excess, 1, rate),
  ]
}
