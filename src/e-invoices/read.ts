import type { EmbeddedReader } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import type { Candidate, Field, JsonPointer } from '../core/extraction.ts'
import { ciiRoots, readCii } from './cii.ts'
import type { EInvoice } from './e-invoice.ts'
import { readUbl, ublRoots } from './ubl.ts'
import { looksLikeXml, parseXml } from './xml.ts'

/** What Factur-X, ZUGFeRD and XRechnung call the invoice inside a PDF, in lower case. An order (Order-X) is none. */
const fileNames: ReadonlySet<string> = new Set(['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml'])

const notAnInvoice = (root: string): ParallaxError =>
  new ParallaxError(
    'E_UNSUPPORTED_TYPE',
    `The XML holds "${root.slice(0, 60)}" and no invoice: UN/CEFACT CII (Factur-X, ZUGFeRD, XRechnung) and UBL 2.1 (Invoice, CreditNote) are read.`,
  )

/**
 * An electronic invoice from the bytes of its XML, in either syntax of EN 16931. E_CORRUPT for XML that is broken, goes past
 * `xmlLimits`, or has something else where a number or a day is due; E_UNSUPPORTED_TYPE for XML that is no invoice.
 */
export function readEInvoice(bytes: Uint8Array): EInvoice {
  const root = parseXml(bytes)
  const isUbl = ublRoots.has(root.name) && root.namespace.startsWith('urn:oasis:names:specification:ubl:')
  if (isUbl) return readUbl(root)
  const isCii = ciiRoots.has(root.name) && /^urn:(?:un:unece:uncefact|ferd):/.test(root.namespace)
  if (isCii) return readCii(root)
  throw notAnInvoice(root.name)
}

const scalar = (value: string | number | null): Field => ({
  value,
  text: value === null ? null : String(value),
  confidence: 1,
  source: null,
})

/** Every value below data, by pointer. */
function fieldsIn(data: unknown, base = ''): readonly (readonly [JsonPointer, Field])[] {
  if (Array.isArray(data)) return data.flatMap((item, i) => fieldsIn(item, `${base}/${i}`))
  if (typeof data === 'object' && data !== null)
    return Object.entries(data).flatMap(([key, value]) => fieldsIn(value, `${base}/${key}`))
  return [[base as JsonPointer, scalar(data as string | number | null)]]
}

const toCandidate = (invoice: EInvoice): Candidate => ({
  data: invoice,
  fields: Object.fromEntries<Field>(fieldsIn(invoice)),
  violations: [],
})

/** Reads the electronic invoice that a file is, or holds, as data of the shape of `EInvoice`: for a type with such fields. */
export const eInvoice: EmbeddedReader = {
  name: 'e-invoice',
  revision: '1',
  unprinted: ['/kind', '/currency'],
  isFile: looksLikeXml,
  isAttachment: (name) => fileNames.has(name.toLowerCase()),
  read: (bytes) => toCandidate(readEInvoice(bytes)),
}
