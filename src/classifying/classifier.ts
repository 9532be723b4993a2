/** Tells kinds of documents apart: for every class a weight of each feature that is known. */
export interface Classifier {
  readonly classes: readonly string[]
  /** Added to the score of each class. */
  readonly base: readonly number[]
  /** What a feature adds to the score of each class, in the order of `classes`. */
  readonly weights: ReadonlyMap<string, readonly number[]>
}

export interface ClassProbability {
  readonly name: string
  /** 0 to 1; those of all classes add up to 1. */
  readonly probability: number
}

/** Weight of each of `count` features: that of a document does not grow with what is printed on it. */
export const shareOf = (count: number): number => (count === 0 ? 0 : 1 / Math.sqrt(count))

/** @example softmax([0, 0]) // [0.5, 0.5] */
export function softmax(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/** The scores of the classes, of which softmax makes probabilities. */
function scoresOf({ base, weights }: Classifier, features: readonly string[]): readonly number[] {
  const known = features.flatMap((feature) => {
    const found = weights.get(feature)
    return found ? [found] : []
  })
  const share = shareOf(known.length)
  return base.map((score, i) => known.reduce((sum, each) => sum + share * each[i]!, score))
}

/** How likely a document with these features is of each class, the likeliest first. */
export function classify(classifier: Classifier, features: readonly string[]): readonly ClassProbability[] {
  const probabilities = softmax(scoresOf(classifier, features))
  return classifier.classes
    .map((name, i) => ({ name, probability: probabilities[i]! }))
    .sort((a, b) => b.probability - a.probability)
}
