import { z } from 'zod'
import { acceptanceSchema } from '../../core/acceptance.ts'
import { ParallaxError } from '../../core/errors.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import { splitSchema } from '../../core/part.ts'
import { strategySchema } from '../../core/extraction-result.ts'
import { ownModel, vlmSettingsSchema } from '../../core/vlm.ts'
import { allPaths, strategyPlans } from '../../routing/strategies.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { templateFolderSchema, templatesSchema } from './templates.ts'

export const describeRequestSchema = z.object({
  spec: z.string(),
  cwd: z.string(),
  route: strategySchema.default('modular'),
  ocr: z.string(),
  vlm: vlmSettingsSchema.default(ownModel),
  accept: acceptanceSchema.default('calibrated'),
  split: splitSchema.default('never'),
  /** A folder of vendor templates; left out, none are asked for. */
  templates: templateFolderSchema.optional(),
})
export type DescribeRequest = z.input<typeof describeRequestSchema>

const descriptionSchema = z.object({
  type: typeRefSchema,
  jsonSchema: z.record(z.string(), z.unknown()),
  /** Parallax, the engines and the calibration with their revisions: all that decides how the type is read by the route. */
  pipeline: z.string(),
  /** The vendor templates for the type. */
  templates: templatesSchema,
  /** What the other vendor templates of the folder are for. */
  otherTypes: z.array(z.string()),
})
/** A document type and the engines that will read it, as far as a process needs them that runs neither. */
export type Description = z.infer<typeof descriptionSchema>

/** What became of a process that was to load a type and start an engine: no document is to blame. */
const failures: Readonly<Record<string, string>> = {
  E_TIMEOUT: 'took too long',
  E_MEMORY: 'took too much memory',
  E_CRASHED: 'ended its process',
}

function inWords(error: unknown, { spec, route, ocr, vlm = ownModel }: DescribeRequest): unknown {
  const failure = error instanceof ParallaxError ? failures[error.code] : undefined
  if (!(error instanceof ParallaxError) || failure === undefined) return error
  const paths = allPaths(strategyPlans[route ?? 'modular'])
  const named = paths.map((path) => `"${path === 'direct' ? vlm.name : ocr}"`).join(' and ')
  const message = `Loading the type "${spec}" and starting the engine ${named} ${failure}.`
  return new ParallaxError(error.code, message, { cause: error })
}

/**
 * Loads the type and starts the engine in a child, before any document is touched; rejects with E_TYPE_INVALID,
 * E_SCHEMA_UNSAFE, E_BAD_REQUEST (a vendor template that cannot be used is one) or E_ENGINE, and with E_TIMEOUT, E_MEMORY or E_CRASHED when that cost the child its life.
 */
export async function describe(
  run: RunTask,
  request: DescribeRequest,
  signal?: AbortSignal,
): Promise<Description> {
  try {
    return descriptionSchema.parse(await run('describe', request, signal ? { signal } : {}))
  } catch (error) {
    throw inWords(error, request)
  }
}
