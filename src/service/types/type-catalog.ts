import type { Acceptance } from '../../core/acceptance.ts'
import { ParallaxError } from '../../core/errors.ts'
import { anyType } from '../../core/told-type.ts'
import type { Split } from '../../core/part.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import type { VlmSettings } from '../../core/vlm.ts'
import { discover } from '../../discover.ts'
import { loadType } from '../../document-types/load.ts'
import { describe, type Description } from './describe.ts'
import type { RunTask } from '../../compute/run-task.ts'
import type { TemplateFolder } from './templates.ts'

/** The built-in document types, and the engines that read them: loaded and started once, not for every request. */
export interface TypeCatalog {
  names(): Promise<readonly string[]>
  /** Of a type by its name. */
  jsonSchema(name: string): Promise<Record<string, unknown>>
  /** E_BAD_REQUEST for a type that is not built in; else rejects as `describe`. */
  describe(name: string, route: Strategy): Promise<Description>
}

export interface Engines {
  readonly ocr: string
  readonly vlm: VlmSettings
  readonly accept: Acceptance
  readonly split: Split
  readonly templates: TemplateFolder
}

/** After this, the next request has types described anew for those that follow: vendor templates may have changed. */
const freshMs = 60_000

const builtIns = new URL('../../../schemas/', import.meta.url)

interface Known {
  readonly description: Promise<Description>
  readonly at: number
}

export function createTypeCatalog(
  run: RunTask,
  { ocr, vlm, accept, split, templates }: Engines,
): TypeCatalog {
  const known = new Map<string, Known>()
  const names = async (): Promise<readonly string[]> => Object.keys(await discover(builtIns))

  /** What was known before stays in use until the new description is there, and where there is none. */
  function load(spec: string, route: Strategy): Promise<Description> {
    const id = `${spec}/${route}`
    const before = known.get(id)
    const description = describe(run, { spec, cwd: '/', route, ocr, vlm, accept, split, templates })
    if (before) known.set(id, { ...before, at: Date.now() })
    else known.set(id, { description, at: Date.now() })
    description.then(
      () => known.set(id, { description, at: Date.now() }),
      () => !before && known.delete(id),
    )
    return before?.description ?? description
  }

  return {
    names,
    jsonSchema: async (name) => ({ ...(await loadType(name, '/')).jsonSchema }),
    async describe(name, route) {
      const found = known.get(`${name}/${route}`)
      if (found && Date.now() - found.at < freshMs) return found.description
      const all = await names()
      if (name === anyType || all.includes(name)) return load(name, route)
      throw new ParallaxError(
        'E_BAD_REQUEST',
        `There is no document type "${name.slice(0, 100)}"; known are ${all.join(', ')}.`,
      )
    },
  }
}
