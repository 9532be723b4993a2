import type { Certificate, FieldCertificate } from '../trust/certificate.ts'
import { plainTable } from './field-table.ts'
import { plural, printable } from './text.ts'

const percent = (share: number): string => `${Number((100 * share).toFixed(4))} %`

/** Never less than the bound. */
const atMost = (bound: number): string => percent(Math.ceil(bound * 10_000) / 10_000)

const share = (accepted: number, documents: number): string =>
  `${accepted} of ${documents}, ${Math.round((100 * accepted) / documents)} %`

/** A range of shares, wider by what is rounded. */
const between = (low: number, high: number): string =>
  `${percent(Math.floor(low * 1000) / 1000)} – ${percent(Math.ceil(high * 1000) / 1000)}`

type Cell = string | number

/** What the labelled documents proved; a certificate of before counted audits among its accepted. */
function proofCells(proof: FieldCertificate): readonly Cell[] {
  if (!('threshold' in proof)) return ['–', share(proof.accepted, proof.documents), proof.errors, '–']
  const { threshold, documents, accepted, audited, audit, errors, bound } = proof
  const labelled = audit === undefined ? accepted - audited : accepted
  return [threshold, share(labelled, documents), errors, atMost(bound)]
}

/** What the audits alone say. */
function auditCells(proof: FieldCertificate): readonly Cell[] {
  if (!('threshold' in proof) || proof.audit === undefined) return ['–', '–', '–']
  const { errors, low, high } = proof.audit
  return [proof.audited, errors, between(low, high)]
}

const wasAudited = (proof: FieldCertificate): boolean => 'threshold' in proof && proof.audit !== undefined

const proofHead = ['field', 'from', 'accepted', 'wrong', 'at most']
const auditHead = ['audited', 'wrong', 'between']

function table({ fields }: Certificate): string {
  const audited = Object.values(fields).some(wasAudited)
  const lines = plainTable([...proofHead, ...(audited ? auditHead : [])])
  for (const [field, proof] of Object.entries(fields)) {
    const cells = [...proofCells(proof), ...(audited ? auditCells(proof) : [])]
    const figures = cells.map((content) => ({ content: String(content), hAlign: 'right' as const }))
    lines.push([printable(field), ...figures])
  }
  return lines.toString()
}

/** Why nothing is certified of a field; null where something is. */
function obstacle(proof: FieldCertificate): string | null {
  if ('threshold' in proof) return proof.void ? 'no longer certified: the audits speak against it' : null
  if (proof.needed !== null) return `not certifiable: ${plural(proof.needed, 'more labelled document')}`
  if (proof.accepted === 0) return 'not certifiable: no value is sure enough'
  return 'not certifiable at any number: it is wrong too often'
}

const obstacles = ({ fields }: Certificate): readonly string[] =>
  Object.entries(fields).flatMap(([field, proof]) => {
    const why = obstacle(proof)
    return why === null ? [] : [`${printable(field)}: ${why}`]
  })

/** The bound is not repeated: what is proven of a threshold found by a search is the target. */
function meaning({ fields, error, confidence }: Certificate): string {
  const proven = Object.entries(fields).flatMap(([field, proof]) =>
    'threshold' in proof && !proof.void ? [{ field, ...proof }] : [],
  )
  const [first, ...others] = proven
  if (!first) return `No field is proven to be wrong in at most ${percent(error)} of what it accepts.`
  const subject =
    others.length === 0
      ? `Of the values of ${printable(first.field)} accepted at ${first.threshold} and above`
      : 'Of the values that a field accepts at its threshold and above'
  const sure = `${percent(confidence)} confidence${others.length === 0 ? '' : ', each field by itself'}`
  return `${subject}, at most ${percent(error)} are wrong (${sure}).`
}

/** What the last three columns are; null without audits. */
function aboutAudits({ fields, confidence }: Certificate): string | null {
  if (!Object.values(fields).some(wasAudited)) return null
  return `The audits are counted apart: with ${percent(confidence)} confidence the share of wrong values lies between the two, however often it is looked at.`
}

function subjectOf({ documents, documentType, route }: Certificate): string {
  return `${plural(documents, 'labelled document')} of type ${printable(documentType)}, route ${route}.`
}

/** A certificate as plain text, for people: a line a field, what is in the way of the others, and what it means. */
export const describeCertificate = (certificate: Certificate): string =>
  [
    subjectOf(certificate),
    table(certificate),
    ...obstacles(certificate),
    meaning(certificate),
    aboutAudits(certificate),
    '',
  ]
    .filter((line) => line !== null)
    .join('\n')
