import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { BlobStore } from '../../core/blob-store.ts'
import { vendorTemplateSchema, type VendorTemplate } from '../../templating/vendor/vendor-template.ts'
import { latest } from './latest.ts'

/** How many vendor templates are used at most. */
export const maxTemplates = 500

/** A folder of vendor templates; one that is not `required` may be missing. */
export const templateFolderSchema = z.object({ folder: z.string(), required: z.boolean() })
export type TemplateFolder = Readonly<z.infer<typeof templateFolderSchema>>

/** The vendor templates in force, as they travel between processes and are kept with the work they decide. */
export const templatesSchema = z.array(vendorTemplateSchema).max(maxTemplates)

const parsed = latest<z.infer<typeof templatesSchema>>()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** As `templatesSchema`, for what comes with every document: the same again are the same array, not parsed again. */
export const sentTemplatesSchema = z
  .array(z.unknown())
  .transform((sent) => parsed([sha256(JSON.stringify(sent))], () => templatesSchema.parse(sent)))

/** Keeps templates for work that is done later; answers their SHA-256, null for none. */
export async function keepTemplates(
  blobs: BlobStore,
  templates: readonly VendorTemplate[],
): Promise<string | null> {
  return templates.length === 0 ? null : blobs.put(new TextEncoder().encode(JSON.stringify(templates)))
}

/** What `keepTemplates` kept. */
export const parseTemplates = (bytes: Uint8Array): readonly VendorTemplate[] =>
  sentTemplatesSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
