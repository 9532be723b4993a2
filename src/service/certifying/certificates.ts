import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { applies, certificateSchema, certify, type Certificate } from '../../trust/certificate.ts'

/** Reads a certificate that `parallax certify` wrote; E_BAD_REQUEST for what is none. */
export async function readCertificate(file: string): Promise<Certificate> {
  try {
    return certificateSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? 'it has another shape' : (error as Error).message
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `${file} is not a certificate: ${why}. Make one with parallax certify.`,
    )
  }
}

/** The result with what the certificate proves of it; as it is where it was read by other engines, or another way. */
export const certified = (result: ExtractionResult, certificate: Certificate | null): ExtractionResult =>
  certificate && applies(certificate, result) ? certify(result, certificate) : result
