import { SaxesParser } from 'saxes'
import { ParallaxError } from '../core/errors.ts'

/** An element by the local part of its name; text is that of the element itself, trimmed. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** An invoice of ten thousand lines has about 6 MB. */
export const xmlLimits = { bytes: 16 * 1024 * 1024, depth: 32, elements: 500_000 } as const

const broken = (why: string, cause?: unknown): ParallaxError =>
  new ParallaxError('E_CORRUPT', `The XML cannot be read: ${why}. Please export the invoice again.`, {
    cause,
  })

interface Open {
  readonly name: string
  readonly namespace: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  readonly text: string[]
}

const encodings: readonly (readonly [RegExp, string])[] = [
  [/^\xff\xfe/, 'utf-16le'],
  [/^\xfe\xff/, 'utf-16be'],
]

/** By its first bytes, or by what it declares; UTF-8 else. */
function decode(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const declared = /^[^<]{0,3}<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(head)?.[1]
  const encoding = encodings.find(([mark]) => mark.test(head))?.[1] ?? declared ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    throw broken(`its bytes are not ${encoding}`, error)
  }
}

/** Builds the tree as the parser goes, and stops it at a limit. */
class Tree {
  root: XmlElement | null = null
  private readonly open: Open[] = []
  private elements = 0

  begin(name: string, namespace: string, attributes: Record<string, string>): void {
    if (++this.elements > xmlLimits.elements) throw broken(`it has more than ${xmlLimits.elements} elements`)
    if (this.open.length >= xmlLimits.depth) throw broken(`its elements are nested deeper than ${xmlLimits.depth}`) // prettier-ignore
    this.open.push({ name, namespace, attributes, children: [], text: [] })
  }

  say(text: string): void {
    this.open.at(-1)?.text.push(text)
  }

  end(): void {
    const { text, ...element } = this.open.pop()!
    const closed: XmlElement = { ...element, text: text.join('').trim() }
    const parent = this.open.at(-1)
    if (parent) parent.children.push(closed)
    else this.root = closed
  }
}

/**
 * The root element of well-formed XML. Only the five entities of XML itself and numbers of characters are known: a document type
 * declaration, which could declare others, is refused, as is what goes past `xmlLimits`; all of it is E_CORRUPT.
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  if (bytes.length > xmlLimits.bytes) throw broken(`it has more than ${xmlLimits.bytes / 1024 / 1024} MB`)
  const tree = new Tree()
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw broken(error.message, error)
  })
  parser.on('doctype', () => {
    throw broken('it declares a document type (DOCTYPE), which an e-invoice has none of')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    const own = Object.values(attributes).map(({ local: key, value }) => [key, value] as const)
    tree.begin(local, uri, Object.fromEntries(own))
  })
  parser.on('text', (text) => tree.say(text))
  parser.on('cdata', (text) => tree.say(text))
  parser.on('closetag', () => tree.end())
  parser.write(decode(bytes)).close()
  if (!tree.root) throw broken('it has no element')
  return tree.root
}

/** Whether bytes begin as XML does that is no picture and no page. */
export function looksLikeXml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1').replaceAll('\0', '')
  const begins =
    /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?:\?xml\s|!--|(?:[\w.-]+:)?(?:CrossIndustry|Invoice\b|CreditNote\b))/
  return begins.test(head) && !/<(?:[\w.-]+:)?(?:svg|html)[\s>]/i.test(head)
}

/** What stands at a path of element names below an element. */
export function all(element: XmlElement | undefined, ...path: readonly string[]): readonly XmlElement[] {
  const [first, ...rest] = path
  if (!element) return []
  if (first === undefined) return [element]
  return element.children.filter(({ name }) => name === first).flatMap((child) => all(child, ...rest))
}

export const one = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  all(element, ...path)[0]

/** The text there; null for none. */
export const textAt = (element: XmlElement | undefined, ...path: readonly string[]): string | null =>
  one(element, ...path)?.text.replace(/\s+/g, ' ') || null
