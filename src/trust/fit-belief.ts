import { usualBelief, type Belief } from '../amounts/belief.ts'

/** What is tried for each part of a belief: few values far apart, for what few hundred documents can tell. */
const tried: Readonly<Record<keyof Belief, readonly number[]>> = {
  addsUp: [0.6, 0.8, 0.9, 0.95, 0.98],
  chance: [2, 5, 10, 20, 50, 100],
  copies: [1, 1.5, 2, 3, 5, 10],
  linesAddUp: [0.2, 0.4, 0.6, 0.8, 0.9],
}

const rounds = 2

/**
 * The belief under which labelled documents are likeliest: one part after the other is set to the best of the values
 * tried (coordinate ascent). `logLikelihood` is asked about some dozens of beliefs.
 */
export function fitBelief(logLikelihood: (belief: Belief) => number): Belief {
  let best = usualBelief
  let most = logLikelihood(best)
  for (let round = 0; round < rounds; round++) {
    for (const part of Object.keys(tried) as (keyof Belief)[]) {
      for (const value of tried[part].filter((v) => v !== best[part])) {
        const belief = { ...best, [part]: value }
        const likelihood = logLikelihood(belief)
        if (likelihood > most) [best, most] = [belief, likelihood]
      }
    }
  }
  return best
}
