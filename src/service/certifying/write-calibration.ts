import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Calibration, CalibratedStage, PathWeights, Weights } from '../../trust/calibration.ts'

const signed = (weight: number): string => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`

function rowOf(name: string, { values, right, signals, fields }: Weights): string {
  const strongest = Object.entries(signals)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .map(([name, weight]) => `${name} ${signed(weight)}`)
  const bases = Object.entries(fields).map(([field, weight]) => `${field} ${signed(weight)}`)
  return `| ${name} | ${values} | ${((100 * right) / values).toFixed(1)} % | ${strongest.join(', ')} | ${bases.join(', ')} |`
}

const rowsOf = ([path, { read, absent }]: readonly [string, PathWeights]): readonly string[] => [
  rowOf(path, read),
  ...(absent ? [rowOf(`${path}: nothing there`, absent)] : []),
]

function beliefLine({ belief }: CalibratedStage): string {
  if (!belief) return ''
  const { addsUp, chance, copies, linesAddUp } = belief
  return `Right amounts add up in ${Math.round(100 * addsUp)} % of documents (their lines in ${Math.round(100 * linesAddUp)} %), ${chance} times likelier than wrong ones; an amount that repeats another is ${copies} times likelier right.`
}

function cardOf({ documentType, documents, stages }: Calibration, origin: string | undefined): string {
  const tables = Object.entries(stages).map(([stage, fitted]) =>
    [
      `## ${stage}`,
      '',
      `Fitted for ${Object.entries(fitted.engines)
        .map((engine) => engine.join('@'))
        .join(', ')}. ${beliefLine(fitted)}`.trim(),
      '',
      '| path | readings | right | weights of the evidence | of the fields |',
      '| --- | --- | --- | --- | --- |',
      ...Object.entries(fitted.paths).flatMap(rowsOf),
    ].join('\n'),
  )
  return `# ${documentType}-calibration 1

Turns the evidence for and against a value of a ${documentType} into the probability that it is right: a logistic regression
with ridge penalties for each set of engines and each path. Fitted on ${documents} labelled documents. It speaks about
these engines only, and about documents like those; fields that were not among the labels get the average of those that were.
${origin === undefined ? '' : `\n${origin}\n`}
${tables.join('\n\n')}
`
}

/**
 * Writes a calibration as every model is kept: `calibration.json`, a manifest with its hash, and a card for people, which says
 * where the labelled documents came from if `origin`, a paragraph in Markdown, does.
 */
export async function writeCalibration(
  dir: string,
  calibration: Calibration,
  origin?: string,
): Promise<void> {
  const content = `${JSON.stringify(calibration, null, 2)}\n`
  const sha256 = createHash('sha256').update(content).digest('hex')
  const manifest = {
    name: `${calibration.documentType}-calibration`,
    version: '1',
    task: 'confidence-calibration',
    license: 'Apache-2.0',
    files: { 'calibration.json': { sha256, bytes: Buffer.byteLength(content) } },
    training: { documents: calibration.documents },
  }
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'calibration.json'), content)
  await writeFile(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await writeFile(join(dir, 'card.md'), cardOf(calibration, origin))
}
