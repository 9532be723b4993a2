import type { Part } from '../trust/counting.ts'
import { outputFaults, safetyFaults, type GroupRisk } from '../trust/risk.ts'
import { plainTable } from './field-table.ts'
import { plural, printable } from './text.ts'

const percent = ({ share }: Part): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`)

const shares = (risk: GroupRisk): readonly (readonly [string, Part])[] => [
  ['documents accepted', risk.accepted],
  ['documents to review', risk.needsReview],
  ['documents failed', risk.failed],
  ['documents read by a second path', risk.reprocessed],
  ['documents with output that was no good', risk.outputErrors],
  ['documents with unsafe output', risk.unsafe],
  ['values that no other reader finds', risk.hallucinated],
  ['values on which the paths agree', risk.agreement],
  ...(risk.invented ? [['values where nothing is printed', risk.invented] as const] : []),
]

function table(risk: GroupRisk): string {
  const lines = plainTable(['', 'share', 'count', 'of'])
  for (const [name, measured] of shares(risk)) {
    const figures = [percent(measured), measured.count, measured.of]
    lines.push([name, ...figures.map((content) => ({ content: String(content), hAlign: 'right' as const }))])
  }
  return lines.toString()
}

const told = { ...outputFaults, ...safetyFaults }

const countLine = ([code, count]: readonly [string, number]): string => {
  const sentence = Object.hasOwn(told, code) ? ` ${told[code]}` : ''
  return `  ${count} ${printable(code)}${sentence && `:${sentence}`}`
}

function counts(name: string, byCode: Readonly<Record<string, number>>): readonly string[] {
  const lines = Object.entries(byCode).map(countLine)
  return lines.length === 0 ? [] : [`${name}:`, ...lines]
}

const describeRisk = (risk: GroupRisk): string =>
  [
    `${plural(risk.documents, 'document')} of type ${printable(risk.documentType)}, read by ${printable(risk.models)}`,
    table(risk),
    ...counts('flags', risk.flags),
    ...counts('errors', risk.errors),
    '',
  ].join('\n')

/** Risks as plain text, for people: a table for each group. */
export const describeRisks = (risks: readonly GroupRisk[]): string =>
  risks.length === 0 ? 'There are no rows.\n' : risks.map(describeRisk).join('\n')
