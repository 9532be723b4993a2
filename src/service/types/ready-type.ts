import type { DocumentType } from '../../core/document-type.ts'
import type { TypeRef } from '../../core/jobs.ts'
import { reloadType } from '../../document-types/load.ts'
import { withVendorTemplates } from '../../document-types/vendor-templates.ts'
import type { VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import { latest } from './latest.ts'

const ready = latest<DocumentType>()

/**
 * A type, loaded again, with the templates of vendors before its own; made once for documents that follow each other and
 * bring the same array of templates.
 */
export async function readyType(
  ref: TypeRef,
  templates: readonly VendorTemplate[] = [],
): Promise<DocumentType> {
  const loaded = await reloadType(ref)
  if (templates.length === 0) return loaded.type
  return ready([ref.name, ref.file, ref.hash, templates], () => withVendorTemplates(loaded, templates))
}
