import { fitClassifier, type ClassExample } from './fit.ts'
import type { ClassifierFile, OpenClassifier } from './open-classifier.ts'

/** A class of a user's own, and what its examples show. */
export interface OwnClass {
  readonly name: string
  /** The type to load for it, as `--type` takes it. */
  readonly spec: string
  /** The features of each document, see `featuresOf`. */
  readonly documents: readonly (readonly string[])[]
}

/** As chosen at first, and then measured on orders and receipts (docs/benchmarks.md); no other was tried. */
const course = { least: 2, passes: 12, decay: 0, rate: 2 } as const

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/**
 * The classifier with a class more, learnt beside examples of all others; one of that name that it had before is forgotten. It
 * keeps the features of the examples, so that it can learn further ones.
 */
export function learnClass(known: OpenClassifier, { name, spec, documents }: OwnClass): ClassifierFile {
  const examples: readonly ClassExample[] = [
    ...known.examples.filter((example) => example.name !== name),
    ...documents.map((features) => ({ name, features })),
  ]
  const { classes, base, weights } = fitClassifier(examples, { ...course, start: known })
  const features = [...weights.keys()]
  const places = new Map(features.map((feature, i) => [feature, i]))
  return {
    classes: [...classes],
    base: base.map(rounded),
    features,
    weights: features.map((feature) => weights.get(feature)!.map(rounded)),
    examples: examples.map(({ name: of, features: own }) => ({
      name: of,
      features: own.flatMap((feature) => places.get(feature) ?? []),
    })),
    types: { ...known.types, [name]: spec },
  }
}
