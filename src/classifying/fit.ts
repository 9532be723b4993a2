import { shareOf, softmax, type Classifier } from './classifier.ts'

/** A document of a known class. */
export interface ClassExample {
  readonly features: readonly string[]
  readonly name: string
}

export interface FitOptions {
  /** Documents on which a feature must stand to get a weight. */
  readonly least: number
  /** Passes over all examples. */
  readonly passes: number
  /** Pull of all weights towards nothing, as a share of a step. */
  readonly decay: number
  /** Of the first pass; later ones are slower. */
  readonly rate: number
  /** What is known before; further classes and features join it. */
  readonly start?: Classifier
}

/** The same on every run. */
function sequence(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all
}

/** Features of enough documents, the most frequent first; of equally frequent ones the alphabet decides. */
function vocabularyOf(examples: readonly ClassExample[], least: number): readonly string[] {
  const counts = new Map<string, number>()
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return [...counts.keys()]
    .filter((feature) => counts.get(feature)! >= least)
    .sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1))
}

/** A class with few documents counts as much as one with many. */
function countsOf(examples: readonly ClassExample[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { name } of examples) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map([...counts].map(([name, count]) => [name, examples.length / (counts.size * count)]))
}

/** Weights to begin with: those that are known, and nothing for classes and features that are new. */
function beginning(examples: readonly ClassExample[], least: number, start?: Classifier) {
  const before = start?.classes ?? []
  const names = [...new Set(examples.map(({ name }) => name))].sort()
  const classes = [...before, ...names.filter((name) => !before.includes(name))]
  const padded = (known: readonly number[] = []): number[] => classes.map((_, i) => known[i] ?? 0)
  const features = [...(start?.weights.keys() ?? []), ...vocabularyOf(examples, least)]
  return {
    classes,
    weights: new Map(features.map((feature) => [feature, padded(start?.weights.get(feature))])),
    base: padded(start?.base),
  }
}

/**
 * Multinomial logistic regression by stochastic gradient descent with a falling rate and weight decay (Bottou, "Stochastic
 * Gradient Descent Tricks", 2012). The same examples in the same order make the same classifier.
 */
export function fitClassifier(
  examples: readonly ClassExample[],
  { least, passes, decay, rate, start }: FitOptions,
): Classifier {
  const { classes, weights, base } = beginning(examples, least, start)
  const worth = countsOf(examples)
  const rows = examples.map(({ features, name }) => ({
    known: features.flatMap((feature) => {
      const found = weights.get(feature)
      return found ? [found] : []
    }),
    of: classes.indexOf(name),
    worth: worth.get(name)!,
  }))
  const random = sequence(7)
  for (let pass = 0; pass < passes; pass++) {
    const now = rate / (1 + pass)
    for (const { known, of, worth: counts } of shuffled(rows, random)) {
      const share = shareOf(known.length)
      const scores = base.map((score, i) => known.reduce((sum, each) => sum + share * each[i]!, score))
      softmax(scores).forEach((probability, i) => {
        const change = now * Math.min(counts, 4) * (Number(i === of) - probability)
        base[i]! += 0.02 * change
        for (const each of known) each[i]! += change * share - now * decay * each[i]!
      })
    }
  }
  return { classes, base, weights }
}
