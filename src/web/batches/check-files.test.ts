import { expect, it } from 'vitest'
import { mayBeDocument, problemOf, problemOfAll } from './check-files.ts'

const limits = { fileBytes: 2000, files: 2, requestBytes: 3000 }
const file = (content: BlobPart, name = 'a'): File => new File([content], name)

it.each<[string, BlobPart, string | null]>([
  ['a PDF', '%PDF-1.7', null],
  ['a PDF behind something', '\n\n%PDF-1.4', null],
  ['a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), null],
  ['a HEIC', '\0\0\0\u0018ftypheic', null],
  ['an invoice', '<?xml version="1.0"?>', null],
  ['nothing', '', 'is empty'],
  ['a letter', 'Dear Sir or Madam', 'is no image, PDF or e-invoice'],
  ['too much', '%PDF-'.repeat(500), 'is larger than 2 kB'],
])('says of %s what is wrong', async (_, content, problem) => {
  expect(await problemOf(file(content), limits)).toBe(problem)
})

it('says of all together what is too much', () => {
  expect(problemOfAll([file('a'), file('b')], limits)).toBeNull()
  expect(problemOfAll([file('a'), file('b'), file('c')], limits)).toBe(
    'At most 2 files can be sent at a time.',
  )
  expect(problemOfAll([file('a'.repeat(1900)), file('b'.repeat(1900))], limits)).toContain('3 kB')
  expect(mayBeDocument(new Uint8Array())).toBe(false)
})
