import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pMap from 'p-map'
import { isBadInput, ParallaxError, type ErrorCode } from '../../core/errors.ts'
import type { FieldQuestion } from '../../core/field-question.ts'
import type { TypeRef } from '../../core/jobs.ts'
import type { SchemaNode } from '../../core/schema-node.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { askedBy } from '../../document-types/schema-questions.ts'
import { anyDocument, chooseVersion } from '../../onnx/own-model.ts'
import type { Example } from './examples.ts'
import { foldsOf } from './folds.ts'
import { learnFrom } from './lesson.ts'
import { gainOf, readBy, type Gain } from './measure.ts'
import { publish } from './publish.ts'
import { tune, type OnStep, type Tuning } from './tune.ts'
import { refuseTooFew, usableOf, type Studied, type Usable } from './usable.ts'

/** Of F1, below which a model has gained nothing worth another one. */
const leastGain = 0.01

export interface Trainer {
  readonly run: RunTask
  readonly ocr: string
  readonly pageMs: number
  readonly concurrency: number
  /** Folder of the models that were trained here. */
  readonly models: string
  readonly tuning: Tuning
}

export interface TrainedType {
  readonly type: TypeRef
  readonly jsonSchema: SchemaNode
  /** What documents are held out by, for people. */
  readonly group: string | undefined
  /** Whether a model is put in use that has gained nothing. */
  readonly anyway: boolean
}

/** Told of what goes on. */
export interface Progress {
  onRead(done: number): void
  onUsable(usable: Usable): void
  readonly onStep: OnStep
}

export interface Trained {
  readonly gain: Gain
  readonly version: number
  readonly isInUse: boolean
  readonly usable: Usable
}

/** Nothing of a single document helps against these. */
const general: readonly ErrorCode[] = ['E_BAD_REQUEST', 'E_TYPE_INVALID', 'E_SCHEMA_UNSAFE']

const isOfDocument = (error: unknown): error is ParallaxError =>
  error instanceof ParallaxError &&
  !general.includes(error.code) &&
  (isBadInput(error.code) || ['E_NO_TEXT', 'E_TIMEOUT', 'E_MEMORY', 'E_CRASHED'].includes(error.code))

interface Studies {
  readonly studied: readonly Studied[]
  readonly unread: Usable['leftOut']
}

/** Reads all examples; one that cannot be read is left out. */
async function study(
  { run, ocr, pageMs, concurrency }: Trainer,
  type: TypeRef,
  examples: readonly Example[],
  onRead: Progress['onRead'],
  signal: AbortSignal,
): Promise<Studies> {
  let done = 0
  const tried = await pMap(
    examples,
    async (example): Promise<Studied | { readonly name: string; readonly why: string }> => {
      try {
        const request = { bytes: await example.bytes(), type, ocr, pageMs, truth: { ...example.truth } }
        return { ...example, lesson: await learnFrom(run, request, signal) }
      } catch (error) {
        if (!isOfDocument(error)) throw error
        return { name: example.name, why: error.message }
      } finally {
        onRead(++done)
      }
    },
    { concurrency, signal },
  )
  return {
    studied: tried.filter((one): one is Studied => 'lesson' in one),
    unread: tried.filter((one) => 'why' in one),
  }
}

function questionsOf({ type, jsonSchema }: TrainedType): readonly FieldQuestion[] {
  const { fields } = askedBy(jsonSchema, type.name)
  if (fields.length > 0) return fields
  throw new ParallaxError('E_BAD_REQUEST', `The type "${type.name}" has no fields that could be asked for.`)
}

/**
 * Tunes the network for any document on examples of a type, measures it on documents that it has not learnt from, and keeps it among the
 * models of the type; in use is it only if it has gained something. E_BAD_REQUEST where the examples do not do.
 */
export async function trainType(
  trainer: Trainer,
  trained: TrainedType,
  examples: readonly Example[],
  progress: Progress,
  signal: AbortSignal,
): Promise<Trained> {
  const { type, group, anyway } = trained
  const questions = questionsOf(trained)
  refuseTooFew(examples.length, examples.length)
  const { studied, unread } = await study(trainer, type, examples, progress.onRead, signal)
  const found = usableOf(studied, examples.length)
  const usable = { ...found, leftOut: [...unread, ...found.leftOut] }
  const { documents } = usable
  const folds = foldsOf(
    documents.map((document) => document.group),
    group,
  )
  progress.onUsable(usable)
  const work = await mkdtemp(join(tmpdir(), 'parallax-train-'))
  try {
    const { run, concurrency, models, tuning } = trainer
    const made = await tune(work, questions, documents, folds, tuning, progress.onStep, signal)
    const before = await readBy(run, type, documents, () => ({ model: anyDocument, models: null }), concurrency)
    const after = await readBy(
      run,
      type,
      documents,
      (i) => ({ model: `fold-${folds[i]}`, models: made }),
      concurrency,
    )
    const gain = gainOf(before, after, new Set(folds).size)
    const version = await publish(models, type.name, join(made, 'all'), gain)
    const isInUse = anyway || gain.after - gain.before >= leastGain
    if (isInUse) await chooseVersion(models, type.name, version)
    return { gain, version, isInUse, usable }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
