import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { BlobStore } from '../../core/blob-store.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { JobStore } from '../../core/job-store.ts'
import { typedTruthSchema } from '../../scoring/metrics/truth.ts'
import { groupOf } from '../certifying/calibrate.ts'
import { eachKnown, type KnownSelection } from '../exporting/training-pairs.ts'
import { expandInputs } from '../files/inputs.ts'
import { readInput } from '../files/intake.ts'
import { nameOf, readTruths } from '../results/read-truths.ts'
import { submittedBytes } from '../reviewing/page-pictures.ts'

/** A document whose values are known. */
export interface Example {
  /** As people call it. */
  readonly name: string
  bytes(): Promise<Uint8Array>
  readonly truth: Readonly<Record<string, unknown>>
  /** What documents that are much alike have in common, such as their sender: they are held out together. */
  readonly group: string
}

const metadataFile = 'metadata.jsonl'

const lineSchema = z.object({
  file_name: z.string().min(1),
  ground_truth: z.string(),
  document: z.string().optional(),
})
const groundTruthSchema = z.object({ gt_parse: z.record(z.string(), z.unknown()) })

const truthOf = (tree: Readonly<Record<string, unknown>>) => typedTruthSchema.parse(tree)

/** A line of pairs; pages of one document are held out together. */
function exampleOf(folder: string, line: string, number: number, by: JsonPointer | undefined): Example {
  const file = join(folder, metadataFile)
  try {
    const { file_name, ground_truth, document = file_name } = lineSchema.parse(JSON.parse(line))
    const { gt_parse: truth } = groundTruthSchema.parse(JSON.parse(ground_truth))
    const picture = join(folder, file_name)
    return {
      name: picture,
      bytes: () => readInput(picture),
      truth,
      group: groupOf(`${folder}/${document}`, truthOf(truth), by),
    }
  } catch (cause) {
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `Line ${number} of ${file} is no pair of an image with its values, as parallax export writes it.`,
      { cause },
    )
  }
}

/** The pairs of a folder that `parallax export` wrote. */
async function pairsIn(folder: string, by: JsonPointer | undefined): Promise<readonly Example[]> {
  const lines = (await readFile(join(folder, metadataFile), 'utf8')).split('\n')
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [exampleOf(folder, line, i + 1, by)]))
}

/** Documents that have a truth in a folder, see `readTruths`. */
async function labelled(
  inputs: readonly string[],
  truthFolder: string,
  cwd: string,
  by: JsonPointer | undefined,
): Promise<readonly Example[]> {
  const truths = await readTruths(resolve(cwd, truthFolder), typedTruthSchema)
  const { files } = await expandInputs(inputs, cwd)
  const examples = files.flatMap((file): Example[] => {
    const name = nameOf({ file }, truths)
    const truth = name === null ? undefined : truths.get(name)
    if (!truth) return []
    const path = resolve(cwd, file)
    return [{ name: file, bytes: () => readInput(path), truth: truth.tree, group: groupOf(path, truth, by) }]
  })
  if (examples.length > 0) return examples
  throw new ParallaxError('E_BAD_REQUEST', `None of the documents has a truth in ${truthFolder}.`)
}

/** What is given on the command line. */
export interface Given {
  readonly inputs: readonly string[]
  readonly cwd: string
  /** Folder of truths; left out, one folder that is given has them too. */
  readonly truth?: string | undefined
  readonly group?: JsonPointer | undefined
}

/** Folders of `parallax export`, and documents with truths. E_BAD_REQUEST, E_NOT_FOUND where there are none. */
export async function givenExamples({ inputs, cwd, truth, group }: Given): Promise<readonly Example[]> {
  const folders = inputs.filter((input) => existsSync(resolve(cwd, input, metadataFile)))
  const others = inputs.filter((input) => !folders.includes(input))
  const pairs = await Promise.all(folders.map((folder) => pairsIn(resolve(cwd, folder), group)))
  if (others.length === 0) return pairs.flat()
  const truths = truth ?? (others.length === 1 ? others[0] : undefined)
  if (truths === undefined)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      'Where are the true values? Give --truth DIR, with one JSON file per document there, or a folder that parallax export wrote.',
    )
  return [...pairs.flat(), ...(await labelled(others, truths, cwd, group))]
}

/** The documents of a type that people have reviewed; those of which the file holds several are left out. */
export async function reviewedExamples(
  records: { readonly store: JobStore; readonly blobs: BlobStore },
  selection: KnownSelection,
  by: JsonPointer | undefined,
): Promise<readonly Example[]> {
  const examples: Example[] = []
  for await (const { job, result } of eachKnown(records.store, selection, () => {})) {
    if (result.part || result.data === null) continue
    const truth = result.data as Record<string, unknown>
    examples.push({
      name: `${job.id} (${basename(job.file)})`,
      bytes: async () => (await submittedBytes(records, job)).bytes,
      truth,
      group: groupOf(job.file, truthOf(truth), by),
    })
  }
  return examples
}
