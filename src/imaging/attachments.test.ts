import { expect, test } from 'vitest'
import { attachmentLimits, attachmentsOf } from './attachments.ts'
import { pdfWithAttachments } from './test-attachments.ts'
import { pdfPages } from './test-images.ts'

const file = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })
const isXml = (name: string): boolean => name.endsWith('.xml')

test('answers the attachments whose names are wanted, byte by byte', async () => {
  const pdf = pdfWithAttachments(
    ['Invoice'],
    [file('a.xml', '<a>\u00e4</a>'), file('b.txt', 'b'), file('c.xml', 'c')],
  )
  const found = await attachmentsOf(pdf, isXml)
  expect(found.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['a.xml', '<a>\u00e4</a>'],
    ['c.xml', 'c'],
  ])
})

test('one that is too large is refused, and not looked at where nobody wants it', async () => {
  const pdf = pdfWithAttachments([], [file('a.xml', 'x'.repeat(attachmentLimits.bytes + 1))])
  await expect(attachmentsOf(pdf, isXml)).rejects.toMatchObject({ code: 'E_FILE_TOO_LARGE' })
  expect(await attachmentsOf(pdf, () => false)).toEqual([])
})

test('only so many are looked at', async () => {
  const many = Array.from({ length: attachmentLimits.count + 10 }, (_, i) => file(`${100 + i}.xml`, '<a/>'))
  expect(await attachmentsOf(pdfWithAttachments([], many), isXml)).toHaveLength(attachmentLimits.count)
})

test.each([
  ['without attachments', pdfPages([[200, 300]])],
  ['that is damaged', Buffer.from('%PDF-1.7 and nothing else')],
])('a PDF %s has none', async (_, pdf) => expect(await attachmentsOf(pdf, isXml)).toEqual([]))
