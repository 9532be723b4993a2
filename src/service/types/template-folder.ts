import { readdir, readFile, stat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { ParallaxError } from '../../core/errors.ts'
import type { LoadedType } from '../../document-types/load.ts'
import { withVendorTemplates } from '../../document-types/vendor-templates.ts'
import { parseVendorTemplate, templateLimits } from '../../templating/vendor/parse.ts'
import type { VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import { maxTemplates, type TemplateFolder } from './templates.ts'

const unreadable = (what: string, cause: unknown): ParallaxError =>
  new ParallaxError('E_BAD_REQUEST', `${what} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, {
    cause,
  })

async function filesIn(folder: string, required: boolean): Promise<readonly string[]> {
  try {
    const files = await readdir(folder)
    return files.filter((file) => /^[^.].*\.ya?ml$/i.test(file)).sort()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!['ENOENT', 'ENOTDIR'].includes(code)) throw unreadable(`The folder ${folder}`, error)
    if (!required) return []
    throw new ParallaxError('E_BAD_REQUEST', `There is no folder of vendor templates ${folder}.`)
  }
}

const refuse = (path: string, why: string): never => {
  throw new ParallaxError('E_BAD_REQUEST', `The vendor template ${path} cannot be used: ${why}.`)
}

/** Of a file only: opening a pipe waits for a writer, who may never come. */
async function textOf(path: string): Promise<string> {
  const found = await stat(path)
  if (!found.isFile()) return refuse(path, 'it is not a file')
  if (found.size > templateLimits.bytes)
    return refuse(path, `it is larger than ${templateLimits.bytes / 1024} KB`)
  return readFile(path, 'utf8')
}

async function readTemplate(folder: string, file: string): Promise<VendorTemplate> {
  const path = join(folder, file)
  const text = await textOf(path).catch((error: unknown) => {
    throw error instanceof ParallaxError ? error : unreadable(`The vendor template ${path}`, error)
  })
  return parseVendorTemplate(text, parse(file).name, file)
}

function refuseTwins(templates: readonly VendorTemplate[]): void {
  const names = templates.map(({ name }) => name)
  const twin = names.find((name, i) => names.indexOf(name) !== i)
  if (twin === undefined) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `There are two vendor templates "${twin}": keep ${twin}.yaml or ${twin}.yml.`,
  )
}

/**
 * The vendor templates of a folder (`*.yaml`, `*.yml`) by file name. E_BAD_REQUEST names the first that cannot be used,
 * or says that there is no such folder where one is `required`.
 */
export async function readTemplates({
  folder,
  required,
}: TemplateFolder): Promise<readonly VendorTemplate[]> {
  const files = await filesIn(folder, required)
  if (files.length > maxTemplates)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `${folder} has ${files.length} vendor templates; at most ${maxTemplates} are used.`,
    )
  const templates: VendorTemplate[] = []
  for (const file of files) templates.push(await readTemplate(folder, file))
  refuseTwins(templates)
  return templates
}

export interface FoundTemplates {
  readonly templates: readonly VendorTemplate[]
  /** What those of the folder that are not for the type are for. */
  readonly otherTypes: readonly string[]
}

/** The templates of a folder for a type, held against it; all of the folder's must be good ones. Without a folder, none. */
export async function templatesFor(
  loaded: LoadedType,
  folder: TemplateFolder | undefined,
): Promise<FoundTemplates> {
  const all = folder ? await readTemplates(folder) : []
  const isOwn = ({ type }: VendorTemplate): boolean => type === loaded.ref.name
  const templates = all.filter(isOwn)
  withVendorTemplates(loaded, templates)
  return { templates, otherTypes: all.filter((one) => !isOwn(one)).map(({ type }) => type) }
}
