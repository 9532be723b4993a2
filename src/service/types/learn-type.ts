import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pMap from 'p-map'
import { z } from 'zod'
import { learnClass } from '../../classifying/learn.ts'
import { classifierModel, type OpenClassifier } from '../../classifying/open-classifier.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { ParallaxError } from '../../core/errors.ts'
import { anyType, otherClass } from '../../core/told-type.ts'

/** A document as it is sent to a child process, to learn from what its words show. */
export const featuresRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  ocr: z.string(),
  pageMs: z.number(),
})
export type FeaturesRequest = z.infer<typeof featuresRequestSchema>

const featuresSchema = z.array(z.string())

/** Documents without which a type is not told from others. */
const leastExamples = 3

export interface TypeToLearn {
  readonly name: string
  /** What to load for it, as `--type` takes it from any folder. */
  readonly spec: string
  readonly documents: readonly Uint8Array[]
}

export interface Learning {
  readonly run: RunTask
  readonly ocr: string
  readonly pageMs: number
  readonly concurrency: number
  /** The models of the data folder. */
  readonly models: string
  readonly known: OpenClassifier
  readonly signal: AbortSignal
}

function refuseBad({ name, documents }: TypeToLearn, { classes, types }: OpenClassifier): void {
  const isTaken = name === anyType || name === otherClass || (classes.includes(name) && !(name in types))
  if (isTaken) throw new ParallaxError('E_BAD_REQUEST', `"${name}" is told from other types already.`)
  if (documents.length < leastExamples)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `To tell a type from others takes at least ${leastExamples} documents of it; ${documents.length} were given.`,
    )
}

/** Written whole, in the place of what was there. */
async function writeModel(models: string, text: string): Promise<void> {
  const folder = join(models, classifierModel)
  const part = `${folder}.${randomUUID()}.part`
  const file = { sha256: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text) }
  const manifest = {
    ...{ name: 'document-classifier', version: '1', task: 'document-classification' },
    files: { 'weights.json': file },
  }
  await mkdir(dirname(folder), { recursive: true })
  await mkdir(part)
  try {
    await writeFile(join(part, 'weights.json'), text)
    await writeFile(join(part, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    await rm(folder, { recursive: true, force: true })
    await rename(part, folder)
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw error
  }
}

/**
 * Teaches the classifier to tell documents of a type from all that it knows, and keeps it in the data folder, where it is used from
 * then on. E_BAD_REQUEST for a type that it knows already as it ships, and for too few documents; rejects as reading them does.
 */
export async function learnType(learning: Learning, type: TypeToLearn): Promise<void> {
  const { run, ocr, pageMs, concurrency, models, known, signal } = learning
  refuseBad(type, known)
  const documents = await pMap(
    type.documents,
    async (bytes) =>
      featuresSchema.parse(
        await run('features', { bytes, ocr, pageMs } satisfies FeaturesRequest, { signal }),
      ),
    { concurrency, signal },
  )
  const { name, spec } = type
  await writeModel(models, JSON.stringify(learnClass(known, { name, spec, documents })))
}
