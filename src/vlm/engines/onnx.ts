import { lineText, wordConfidence, type OcrPage, type Page } from '../../core/document.ts'
import type { Entity } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { FieldMap, VlmBackend } from '../../core/vlm.ts'
import { openDense, type DenseNetwork, type DensePage, type Detection } from '../../onnx/dense/network.ts'
import { currentModels } from '../../onnx/current-models.ts'
import { openModel } from '../../onnx/model-folder.ts'
import { inDocument } from '../../onnx/tokens/decode.ts'
import { openTypeModel } from '../../onnx/type-model.ts'

/** What reads documents of any type. */
async function generalModel(): Promise<string> {
  const { id, parts } = await openTypeModel(currentModels.general)
  if (parts.direct !== undefined) return parts.direct
  throw new ParallaxError('E_ENGINE', `The model ${id} has no direct path.`)
}

/** Below this everywhere, a field has no map worth a look. */
const visible = 0.2

interface Named {
  readonly read: DensePage
  readonly entities: Entity[]
}

async function readPage(network: DenseNetwork, page: Page, signal?: AbortSignal): Promise<Named> {
  const look = await network.detect(page)
  signal?.throwIfAborted()
  const read = await network.read(page, look)
  signal?.throwIfAborted()
  return { read, entities: await network.label(read) }
}

const legibilityOf = ({ lines }: OcrPage): number | null =>
  lines.length === 0 ? null : wordConfidence(lines.flatMap((line) => line.words))

function mapsOf({ number }: Page, { picture, fields }: Detection, network: DenseNetwork): FieldMap[] {
  const { cells, labels } = network.manifest
  const [, height = 0, width = 0] = fields.shape
  const size = width * height
  const box = [0, 0, (width * cells.across) / picture.width, (height * cells.down) / picture.height] as const
  return labels.values.flatMap((label) => {
    const at = 1 + labels.all.indexOf(label)
    const data = fields.data.slice(at * size, (at + 1) * size)
    return data.some((p) => p > visible) ? [{ page: number, label, width, height, data, box }] : []
  })
}

/**
 * The project's own dense model: one network that finds the lines of a page, reads them and says which words are which
 * field; every value carries its place. `model` is a folder of `models/`, as `receipt-dense/1`.
 */
export default async function onnx(model: string | null): Promise<VlmBackend> {
  const network = await openDense(await openModel(model ?? (await generalModel())))
  return {
    name: network.name,
    revision: network.revision,
    uprightLegibility: 0.84,
    async predict(pages, type, signal) {
      const named: Named[] = []
      for (const page of pages) {
        signal?.throwIfAborted()
        named.push(await readPage(network, page, signal))
      }
      const read = named.map((n) => n.read.page)
      const lines = read.flatMap((page) => page.lines)
      const entities = inDocument(named.map((n) => n.entities))
      return {
        ...type.template.fill({ pages: read, entities }),
        text: lines.map(lineText).join('\n'),
        stopReason: 'end',
        legibility: read.map(legibilityOf),
        words: read,
      }
    },
    async fieldMaps(pages) {
      const maps: FieldMap[] = []
      for (const page of pages) maps.push(...mapsOf(page, await network.detect(page), network))
      return maps
    },
    dispose: () => network.close(),
  }
}
