import { describe, expect, it } from 'vitest'
import { canBeTaught, figuresIn } from './figures.ts'
import { samplesIn } from './prometheus.ts'

const text = `# HELP parallax_documents_total Documents by verdict.
# TYPE parallax_documents_total counter
parallax_documents_total{type="receipt",model="a@1 & b@2",verdict="accepted"} 3
parallax_documents_total{type="receipt",model="a@1 & b@2",verdict="needs_review"} 1
parallax_documents_total{type="slip",model="a@1",verdict="accepted"} 9
parallax_flags_total{type="receipt",model="a@1 & b@2",code="MISSING"} 1
parallax_flags_total{type="receipt",model="a@1 & b@2",code="PATHS_DIFFER"} 4
parallax_values_total{type="receipt",model="a@1 & b@2",grounded="no"} 2
parallax_values_total{type="receipt",model="a@1 & b@2",grounded="yes"} 6
process_cpu_seconds_total 3
parallax_odd{a="\\"x\\\\ \\n}"} 1 1700000000
parallax_broken{ NaN
`

describe('samplesIn', () => {
  it('reads names, labels and values', () => {
    const samples = samplesIn(text)
    expect(samples).toHaveLength(9)
    expect(samples[0]).toEqual({
      name: 'parallax_documents_total',
      labels: { type: 'receipt', model: 'a@1 & b@2', verdict: 'accepted' },
      value: 3,
    })
    expect(samples.at(-1)?.labels).toEqual({ a: '"x\\ \n}' })
  })
})

describe('figuresIn', () => {
  it('counts by document type and models, the largest group first', () => {
    const [slips, receipts, ...others] = figuresIn(samplesIn(text))
    expect(others).toEqual([])
    expect(slips?.documents).toBe(9)
    expect(receipts?.flags).toEqual([
      ['PATHS_DIFFER', 4],
      ['MISSING', 1],
    ])
    const part = (label: string) => receipts?.parts.find((p) => p.label.startsWith(label))
    expect(part('Documents accepted')).toMatchObject({ count: 3, of: 4 })
    expect(part('Values that no other')).toMatchObject({ count: 2, of: 8 })
  })
})

describe('canBeTaught', () => {
  const read = (model: string, reviewed: number) =>
    figuresIn(
      samplesIn(
        `parallax_documents_total{type="order",model="${model}",verdict="accepted"} 40\nparallax_documents_reviewed{type="order"} ${reviewed}\n`,
      ),
    ).map(canBeTaught)
  it('is so of a type that the model for any document reads, after ten documents', () => {
    expect(read('pp-ocr@3+document@3.1', 10)).toEqual([true])
    expect(read('pp-ocr@3+document@3.1', 9)).toEqual([false])
  })
  it('is not so of one that has its own', () => {
    expect(read('pp-ocr@3+document-order@1.2', 50)).toEqual([false])
    expect(read('pp-ocr@3+receipt-tagger@1', 50)).toEqual([false])
  })
})
