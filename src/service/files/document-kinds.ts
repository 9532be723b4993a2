import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { bytesOf } from './file-names.ts'

const list = (endings: string): ReadonlySet<string> => new Set(endings.split(' ').map((one) => `.${one}`))

/** Files by whose name people mean a scan: whatever is wrong with one is told. */
const scans = list(
  'jpg jpeg jpe jfif png apng webp tif tiff pdf heic heif hif avif gif bmp dib jp2 j2k jpf jpx jxl',
)

/** Files that stand beside scans and are none: truths, results, notes, what systems leave behind. */
const others = list('json jsonl csv tsv txt md yaml yml xml html htm log db ini lnk part zip sha256')

/** Enough of a file to tell its kind. */
const headBytes = 4_100

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(bytesOf(file))
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Whether a file that nobody named is to be read as a document: by its ending, or by how it begins where that says nothing. */
export async function isDocument(file: string): Promise<boolean> {
  const ending = extname(file).toLowerCase()
  if (scans.has(ending)) return true
  if (others.has(ending)) return false
  const { sniff } = await import('../../imaging/sniff.ts')
  return headOf(file)
    .then(sniff)
    .then(
      () => true,
      () => false,
    )
}
