import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { glob } from 'tinyglobby'
import { z } from 'zod'
import { ParallaxError } from '../src/core/errors.ts'
import { truthSchemaOf, type TruthFormat } from '../src/datasets/formats.ts'
import type { Truth } from '../src/scoring/metrics/truth.ts'

export type Split = 'train' | 'dev'

export interface LabelledDocument {
  readonly file: string
  readonly truth: Truth
}

export interface LabelledSet {
  readonly name: string
  readonly documents: readonly LabelledDocument[]
}

const samplesFolder = fileURLToPath(new URL('../samples/receipt/', import.meta.url))
const splitsSchema = z.object({ train: z.array(z.string()), dev: z.array(z.string()) })

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `${file} cannot be read. --data must name the folder with the labelled documents.`
    throw new ParallaxError('E_BAD_REQUEST', message, { cause })
  })
  return JSON.parse(text)
}

const label = async (file: string, truth: string, format: TruthFormat): Promise<LabelledDocument> => ({
  file,
  truth: truthSchemaOf(format).parse(await readJson(truth)),
})

/** `count` of the items at even distances, the same every time. */
export const spread = <T>(items: readonly T[], count: number): readonly T[] =>
  count >= items.length
    ? items
    : Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!)

/** The project's own drawn receipts. */
export async function samples(): Promise<LabelledSet> {
  const files = (await glob('*/page.*', { cwd: samplesFolder, absolute: true })).sort()
  const documents = files.map((file) => label(file, join(dirname(file), 'truth.json'), 'parallax'))
  return { name: 'samples', documents: await Promise.all(documents) }
}

/** Scanned receipts: DIR/sroie-train/{images,truth,splits.json}. */
export async function sroie(data: string, split: Split): Promise<LabelledSet> {
  const folder = join(data, 'sroie-train')
  const splits = splitsSchema.parse(await readJson(join(folder, 'splits.json')))
  const documents = splits[split].map((stem) =>
    label(join(folder, 'images', `${stem}.jpg`), join(folder, 'truth', `${stem}.json`), 'sroie'),
  )
  return { name: `sroie-${split}`, documents: await Promise.all(documents) }
}

/** Photographed receipts of many countries, for measuring only: DIR/wildreceipt-dev/{images,truth}. */
export async function wildReceipt(data: string): Promise<LabelledSet> {
  const folder = join(data, 'wildreceipt-dev')
  const files = (await glob('images/*', { cwd: folder, absolute: true })).sort()
  const truthFile = (file: string): string =>
    join(folder, 'truth', `${basename(file).replace(/\.[^.]+$/, '')}.json`)
  return {
    name: 'wildreceipt',
    documents: await Promise.all(files.map((f) => label(f, truthFile(f), 'wildreceipt'))),
  }
}

/** Documents with truths in the shape of their type: DIR/FOLDER/{below,truth}. */
export async function documentsOf(data: string, folder: string, below: string): Promise<LabelledSet> {
  const root = join(data, folder)
  const files = (await glob(`${below}/*.pdf`, { cwd: root, absolute: true })).sort()
  if (files.length === 0)
    throw new ParallaxError('E_BAD_REQUEST', `There are no documents in ${join(root, below)}.`)
  const documents = files.map((file) =>
    label(file, join(root, 'truth', `${basename(file, '.pdf')}.json`), 'parallax'),
  )
  return { name: `${folder} (${below})`, documents: await Promise.all(documents) }
}

/** Pages to time things with: receipts of the train split, or the samples where there is no data. */
export async function timingPages(data: string | undefined, count: number): Promise<readonly string[]> {
  const { documents } = data === undefined ? await samples() : await sroie(data, 'train')
  const pages = documents.map(({ file }) => file).filter((file) => file.endsWith('.jpg'))
  return spread(pages, count)
}
