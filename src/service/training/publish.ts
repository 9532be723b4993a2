import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { modelText, openModel } from '../../onnx/model-folder.ts'
import { anyDocument, ownModelName, ownVersions } from '../../onnx/own-model.ts'
import type { Gain } from './measure.ts'

const manifestSchema = z.looseObject({
  files: z.record(z.string(), z.unknown()),
  training: z.object({ own: z.int(), madeUpPages: z.int(), steps: z.int(), parameters: z.int() }),
})
type Training = z.infer<typeof manifestSchema>['training']

const rounded = (value: number | null): number | null => value && Math.round(value * 1e4) / 1e4

const metricsOf = ({ documents, folds, fields, before, after, interval }: Gain) => ({
  documents,
  folds,
  before: rounded(before),
  after: rounded(after),
  interval: interval?.map(rounded) ?? null,
  fields: Object.fromEntries(
    fields.map(({ field, count, before: was, after: is }) => [field, { count, before: rounded(was), after: rounded(is) }]),
  ),
})

const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(3))

const cardOf = (name: string, version: number, type: string, base: string, training: Training, gain: Gain): string =>
  `# ${name} ${version}

Answers the fields of documents of the type "${type}". It is ${base}, tuned on ${gain.documents} of its user's own documents; what
those print is in these weights as far as a network keeps what it learns from.

## Trained on

${training.own} pages of ${gain.documents} documents of its user, for ${training.steps} steps, with as many of ${training.madeUpPages} made-up pages beside them in every step, so
that documents of other types are read as before.

## Measured

F1 on documents that had no part in the tuning: ${gain.folds} folds, each read by a network that learnt from the others. "Before" is ${base}.

| field | n | before | after |
| --- | --- | --- | --- |
${[...gain.fields, { field: 'all single values', count: '', before: gain.before, after: gain.after }]
  .map(({ field, count, before, after }) => `| ${field} | ${count} | ${figure(before)} | ${figure(after)} |`)
  .join('\n')}

## Limits

Those of ${base}; and it has seen few documents. The probabilities are not calibrated.
`

/** Adds a model to those of a type, as the next version; what lies there is never changed. Answers the version. */
export async function publish(models: string, type: string, made: string, gain: Gain): Promise<number> {
  const name = ownModelName(type)
  const version = ((await ownVersions(models, type)).at(-1) ?? 0) + 1
  const base = modelText(await openModel(anyDocument))
  const part = join(models, name, `${version}.part`)
  await rm(part, { recursive: true, force: true })
  await mkdir(join(models, name), { recursive: true })
  await cp(made, part, { recursive: true })
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(made, 'manifest.json'), 'utf8')))
  const own = {
    ...manifest,
    name,
    version: String(version),
    documentType: type,
    training: { from: base, documents: gain.documents, ...manifest.training },
    metrics: metricsOf(gain),
  }
  await writeFile(join(part, 'manifest.json'), `${JSON.stringify(own, null, 2)}\n`)
  await writeFile(join(part, 'card.md'), cardOf(name, version, type, base, manifest.training, gain))
  await rename(part, join(models, name, String(version)))
  return version
}
