import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import { openCertificateStore } from '../../service/certifying/certificate-store.ts'
import { certificateSchema } from '../../trust/certificate.ts'
import type { Routes } from '../service.ts'

const tags = ['certificates']
const params = z.object({ name: z.string().max(100) })

const certificateAnswerSchema = certificateSchema.meta({ id: 'Certificate' })
const namedCertificateSchema = z
  .object({ name: z.string(), certificate: certificateAnswerSchema })
  .meta({ id: 'NamedCertificate' })
const certificatesSchema = z.object({ items: z.array(namedCertificateSchema) }).meta({ id: 'Certificates' })

/** Proofs of how often values are wrong; results are marked by the newest that applies to them. */
export const certificateRoutes: Routes = async (app, { service }) => {
  const certificates = openCertificateStore(service.home)

  app.get(
    '/v1/certificates',
    {
      config: { role: 'submitter' },
      schema: {
        operationId: 'listCertificates',
        summary: 'The certificates by which results are marked',
        tags,
        response: { 200: certificatesSchema },
      },
    },
    async ({ session: { tenant } }) => ({ items: [...(await certificates.list(tenant))] }),
  )

  app.put(
    '/v1/certificates/:name',
    {
      config: { role: 'admin' },
      schema: {
        operationId: 'putCertificate',
        summary: 'Keep a certificate that parallax certify made',
        tags,
        params,
        body: certificateAnswerSchema,
        response: { 200: namedCertificateSchema },
      },
    },
    async ({ session: { tenant }, params: { name }, body: certificate }) => {
      await certificates.put(tenant, name, certificate)
      return { name, certificate }
    },
  )

  app.delete(
    '/v1/certificates/:name',
    {
      config: { role: 'admin' },
      schema: {
        operationId: 'deleteCertificate',
        summary: 'Mark results by this certificate no longer',
        tags,
        params,
        response: { 204: z.null().describe('It is gone.') },
      },
    },
    async ({ session: { tenant }, params: { name } }, reply) => {
      if (!(await certificates.delete(tenant, name)))
        throw new ParallaxError('E_NOT_FOUND', `There is no certificate ${name}.`)
      return reply.status(204).send(null)
    },
  )
}
