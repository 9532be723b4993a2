import type { Command } from 'commander'
import { openRecords } from '../app/records.ts'
import { readConfig } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { audit } from '../service/certifying/audit.ts'
import { readCertificate } from '../service/certifying/certificates.ts'
import { describeCertificate } from './certify-table.ts'
import { checkOut, writeText } from './row-writer.ts'
import { plural } from './text.ts'

interface AuditOptions {
  readonly out?: string
}

async function run(file: string, { out }: AuditOptions): Promise<void> {
  await checkOut(out, [file])
  const made = await readCertificate(file)
  if (Object.values(made.fields).some((proof) => 'audited' in proof && proof.audited > 0)) {
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `${file} already contains audits. Give the certificate as parallax certify wrote it: all audits are counted anew.`,
    )
  }
  await using records = await openRecords(readConfig())
  const { certificate, documents, waiting } = await audit(records.store, made)
  process.stdout.write(`${plural(documents, 'document')} audited.\n${describeCertificate(certificate)}`)
  if (waiting > 0) process.stderr.write(unseen(waiting))
  if (out !== undefined) await writeText(out, `${JSON.stringify(certificate, null, 2)}\n`)
}

const unseen = (waiting: number): string =>
  `${plural(waiting, 'document')} drawn for audit still to be looked at: until then the audits say only what was looked at first.\n`

export function auditCommand(program: Command): void {
  program
    .command('audit <certificate>')
    .description(
      'hold a certificate against the accepted documents that were drawn at random and reviewed (see PARALLAX_AUDIT)',
    )
    .option('-o, --out <file>', 'where to write the certificate with the audits')
    .action(run)
}
