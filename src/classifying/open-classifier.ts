import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { openModel, type ModelFolder } from '../onnx/model-folder.ts'
import type { Classifier } from './classifier.ts'
import type { ClassExample } from './fit.ts'

/** The model in use. A folder of this name in the data folder, which `parallax types learn` writes, comes before the one that ships. */
export const classifierModel = 'document-classifier/1'

const weightsSchema = z
  .object({
    classes: z.array(z.string()).min(2),
    base: z.array(z.number()),
    features: z.array(z.string()),
    /** Of each feature, in the order of the classes. */
    weights: z.array(z.array(z.number())),
    /** Documents to learn further classes beside; features as places in the list. */
    examples: z.array(z.object({ name: z.string(), features: z.array(z.int().min(0)) })),
    /** Classes that are no built-in types: what to load for them. */
    types: z.record(z.string(), z.string()).default({}),
  })
  .refine(
    ({ classes, base, features, weights }) =>
      base.length === classes.length &&
      weights.length === features.length &&
      weights.every((each) => each.length === classes.length),
    'has weights for other classes or features than it names',
  )
export type ClassifierFile = z.input<typeof weightsSchema>

export interface OpenClassifier extends Classifier {
  readonly name: string
  readonly revision: string
  readonly examples: readonly ClassExample[]
  readonly types: Readonly<Record<string, string>>
}

function parse(text: string, { name }: ModelFolder): z.infer<typeof weightsSchema> {
  try {
    return weightsSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new ParallaxError('E_ENGINE', `The model ${name} cannot be used: install Parallax again.`, {
      cause,
    })
  }
}

/** Opens the classifier in use, whose weights are read anew only where it has changed; E_ENGINE where it is damaged. */
export function classifierInUse(folder?: URL): () => Promise<OpenClassifier> {
  let last: OpenClassifier | null = null
  return async () => {
    const model = await openModel(classifierModel, folder)
    if (last?.revision !== model.revision) last = await openWeights(model)
    return last
  }
}

async function openWeights(model: ModelFolder): Promise<OpenClassifier> {
  const { classes, base, features, weights, examples, types } = parse(
    (await model.read('weights.json')).toString(),
    model,
  )
  return {
    name: model.name,
    revision: model.revision,
    classes,
    base,
    weights: new Map(features.map((feature, i) => [feature, weights[i]!])),
    examples: examples.map(({ name, features: places }) => ({
      name,
      features: places.flatMap((place) => features[place] ?? []),
    })),
    types,
  }
}
