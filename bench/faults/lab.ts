import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Outcome } from './figures.ts'
import { seededRandom } from './random.ts'

/** What every fault is tried with. */
export interface Lab {
  /** The command-line program that is tried. */
  readonly cli: URL
  /** The fastest of the engines that are here. */
  readonly ocr: string
  /** From 0 to 1; the same for the same seed. */
  random(): number
  /** Pictures that are quickly read, none of which was there before. */
  documents(count: number): readonly Buffer[]
  /** One that takes a few times as long, so that it can be caught in the act. */
  slowDocument(): Buffer
}

/** Something that goes wrong, and what the service does about it. */
export interface Fault {
  /** What `--only` takes. */
  readonly name: string
  /** What is done, in a few words. */
  readonly what: string
  /** That nearly all of it is waiting, so that others may be tried at the same time. */
  readonly waits?: true
  run(lab: Lab): Promise<Outcome>
}

const sample = (name: string): URL => new URL(`../../samples/receipt/${name}/page.jpg`, import.meta.url)

export async function openLab(cli: URL, seed: number): Promise<Lab> {
  const ticket = sharp(await readFile(sample('sg-ticket-skew-34')))
  const small = await ticket.resize({ width: 300 }).grayscale().jpeg({ quality: 60 }).toBuffer()
  const long = await readFile(sample('my-hardware-a4-03'))
  let made = 0
  const distinct = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from(`${seed}/${made++}`)])
  return {
    cli,
    ocr: spawnSync('tesseract', ['--version']).status === 0 ? 'tesseract' : 'pp-ocr',
    random: seededRandom(seed),
    documents: (count) => Array.from({ length: count }, () => distinct(small)),
    slowDocument: () => distinct(long),
  }
}
