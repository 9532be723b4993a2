import { ParallaxError } from '../../core/errors.ts'
import { reloadType } from '../../document-types/load.ts'
import { schemaFields } from '../../document-types/schema-fields.ts'
import { withVendorTemplates } from '../../document-types/vendor-templates.ts'
import { contextOf } from '../../templating/template.ts'
import { draftTemplate } from '../../templating/vendor/draft.ts'
import { parseVendorTemplate } from '../../templating/vendor/parse.ts'
import { writeDraft } from '../../templating/vendor/write.ts'
import type { DraftedFile, DraftRequest } from './draft.ts'
import type { ChildEngines, ReadProgress } from './read-in-child.ts'
import { readText } from './read-text.ts'

/**
 * Reads a labelled document and drafts the template of its vendor; E_BAD_REQUEST where no true value is on the page, or no
 * template can be used for the type.
 */
export async function draftInChild(
  { type: ref, truth, source, ...request }: DraftRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<DraftedFile> {
  const loaded = await reloadType(ref)
  const { type, jsonSchema } = loaded
  const reading = await readText({ ...request, type: ref }, engines, progress)
  const usual = type.template.fill(reading)
  const fields = schemaFields(jsonSchema)
  const drafted = draftTemplate({ type: type.name, fields, truth, context: contextOf(reading), usual })
  const read = drafted.fields.filter(({ way }) => way !== null).length
  if (read === 0 || drafted.match.length === 0)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `None of the true values was found on ${source}: check that the truth is that of this document.`,
    )
  const text = writeDraft(drafted, source)
  withVendorTemplates(loaded, [parseVendorTemplate(text, 'draft', `drafted from ${source}`)])
  return { text, read, printed: drafted.printed }
}
