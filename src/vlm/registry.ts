import { ParallaxError } from '../core/errors.ts'
import type { VlmBackend, VlmSettings } from '../core/vlm.ts'
import { discover } from '../discover.ts'

const folder = new URL('./engines/', import.meta.url)

/** What the default export of a file in `engines/` is; the model is what stands after the first colon of a name. */
type Create = (model: string | null, settings: VlmSettings) => Promise<VlmBackend>

/**
 * Starts the backend that the settings name: `onnx`, or with a model `openai:qwen2.5vl:7b`. E_BAD_REQUEST for one that
 * there is none of or that lacks what it needs, E_ENGINE when it cannot run on this machine.
 */
export async function createVlmBackend(settings: VlmSettings): Promise<VlmBackend> {
  const [name = '', ...model] = settings.name.split(':')
  const engines = await discover(folder)
  const load = engines[name]
  if (!load) {
    const known = Object.keys(engines).join(', ')
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `There is no vision-language backend "${name}"; known are ${known}.`,
    )
  }
  const create = (await load()).default as Create
  return create(model.join(':').trim() || null, settings)
}
