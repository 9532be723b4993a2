import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { ParallaxError } from '../core/errors.ts'

/** A document to send: a path, a File, or bytes under a name. */
export type Upload = string | File | { readonly name: string; readonly bytes: Uint8Array | Blob }

async function blobOf(upload: Upload): Promise<{ readonly name: string; readonly blob: Blob }> {
  if (upload instanceof Blob) return { name: upload.name, blob: upload }
  if (typeof upload !== 'string') {
    const { name, bytes } = upload
    return { name, blob: bytes instanceof Blob ? bytes : new Blob([bytes]) }
  }
  try {
    return { name: basename(upload), blob: await openAsBlob(upload) }
  } catch (cause) {
    throw new ParallaxError('E_NOT_FOUND', `There is no readable file ${upload}.`, { cause })
  }
}

/** A form with fields and documents. Files are read when it is sent; E_NOT_FOUND names one that is not there. */
export async function formOf(
  fields: Readonly<Record<string, string | undefined>>,
  uploads: Iterable<Upload>,
): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value)
  for (const upload of uploads) {
    const { name, blob } = await blobOf(upload)
    form.append('files', blob, name)
  }
  return form
}
