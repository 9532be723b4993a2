import { pdfOf } from './test-images.ts'

export interface Attached {
  readonly name: string
  readonly bytes: Uint8Array
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const escaped = (text: string): string => text.replace(/[()\\]/g, '\\$&')

/** A PDF of one page that prints lines in Helvetica, with files attached as PDF/A-3 has them. */
export function pdfWithAttachments(lines: readonly string[], files: readonly Attached[]): Buffer {
  const content = lines
    .map((line, i) => `BT /F1 11 Tf 50 ${780 - 20 * i} Td (${escaped(line)}) Tj ET`)
    .join('\n')
  const names = files.map(({ name }, i) => `(${name}) ${6 + 2 * i} 0 R`).join(' ')
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [${names}] >> >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...files.flatMap(({ name, bytes }, i) => [
      `<< /Type /Filespec /F (${name}) /UF (${name}) /EF << /F ${7 + 2 * i} 0 R >> /AFRelationship /Alternative >>`,
      `<< /Type /EmbeddedFile /Subtype /text#2Fxml /Filter /ASCIIHexDecode /Length ${2 * bytes.length + 1} >>\nstream\n${hex(bytes)}>\nendstream`,
    ]),
  ])
}
