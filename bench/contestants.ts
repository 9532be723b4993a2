import { openExtraction, type Extraction } from '../src/app/extraction.ts'
import type { Config } from '../src/config.ts'
import type { Document } from '../src/core/document.ts'
import { ParallaxError } from '../src/core/errors.ts'
import type { TypeRef } from '../src/core/jobs.ts'
import { describe } from '../src/service/types/describe.ts'
import { readDocument } from '../src/service/reading/read-document.ts'
import { tell } from './machine.ts'
import { plainTesseract } from './peers/plain-tesseract.ts'
import { findBelow } from './process-memory.ts'
import { ocrOf, strategyOf } from './readers.ts'
import { peerName, wholePathName } from './speed-table.ts'
import { startStage, type StageProcess } from './stages.ts'

/** Something that is timed page by page. */
export interface Contestant {
  readonly name: string
  /** Reads a page and answers the seconds that count. */
  time(page: PageInHand): Promise<number>
  /** The process whose memory counts, with all that it starts. */
  pid(): number | undefined
}

/** What the stages hand on for one page. */
export interface PageInHand {
  readonly file: string
  readonly bytes: Uint8Array
  document?: Document
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** The Tesseract program, started for every page. */
export function peer(config: Config): Contestant {
  let pid: number | undefined
  return {
    name: peerName,
    time: ({ file }) =>
      seconds(() => {
        const { process, text } = plainTesseract(file, config.childEnv)
        pid = process.pid
        return text
      }),
    pid: () => pid,
  }
}

/** Bytes to normalised pages. */
export const imaging = (stage: StageProcess): Contestant => ({
  name: 'imaging',
  async time(page) {
    const { ms, output } = await stage.imaging(page.bytes)
    page.document = output
    return ms / 1000
  },
  pid: () => stage.pid,
})

/** The OCR of one engine, and what comes after it. */
function afterImaging(engine: string, ocr: StageProcess, fill: StageProcess): readonly Contestant[] {
  let pages: Parameters<StageProcess['fill']>[0]['pages'] = []
  return [
    {
      name: `OCR, ${engine}`,
      async time({ document }) {
        const read = await ocr.ocr({ document: document!, engine })
        pages = read.output
        return read.ms / 1000
      },
      pid: () => ocr.pid,
    },
    {
      name: `tag, fill, score, ${engine}`,
      time: async ({ document }) => (await fill.fill({ document: document!, pages })).ms / 1000,
      pid: () => fill.pid,
    },
  ]
}

/** The direct path's model, with what filters and judges its answer. */
const model = (stage: StageProcess): Contestant => ({
  name: 'model, filter, score, direct',
  time: async ({ document }) => (await stage.direct(document!)).ms / 1000,
  pid: () => stage.pid,
})

const wholePath = (
  engine: string,
  { reader }: Extraction,
  type: TypeRef,
  pid: number | undefined,
): Contestant => ({
  name: wholePathName(engine),
  time: ({ file, bytes }) =>
    seconds(async () => {
      const { error } = await readDocument(reader, bytes, type, strategyOf(engine))
      if (error) throw new Error(`${file} could not be read: ${error.message}`)
    }),
  pid: () => pid,
})

export interface OpenEngine {
  readonly contestants: readonly Contestant[]
  readonly processes: readonly AsyncDisposable[]
}

/** All that one engine takes part in, in warm processes of its own; null when the engine cannot run here. */
export async function openEngine(config: Config, engine: string): Promise<OpenEngine | null> {
  const [route, ocrName] = [strategyOf(engine), ocrOf(engine, config.ocr)]
  const extraction = openExtraction({ ...config, ocr: ocrName, concurrency: 1 })
  try {
    const request = { spec: 'receipt', cwd: process.cwd(), route, ocr: ocrName, vlm: config.vlm }
    const { type } = await describe(extraction.reader.run, request)
    const pid = findBelow(process.pid, 'extraction-child').at(-1)
    const whole = wholePath(engine, extraction, type, pid)
    if (route === 'auto') return { processes: [extraction], contestants: [whole] }
    const ocr = await startStage(config)
    if (route === 'direct') return { processes: [extraction, ocr], contestants: [model(ocr), whole] }
    const fill = await startStage(config)
    return { processes: [extraction, ocr, fill], contestants: [...afterImaging(engine, ocr, fill), whole] }
  } catch (error) {
    await extraction[Symbol.asyncDispose]()
    if (!(error instanceof ParallaxError && error.code === 'E_ENGINE')) throw error
    tell(`${engine} is left out: ${error.message}`)
    return null
  }
}
