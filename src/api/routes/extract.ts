import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { createConcurrencyLimiter } from '../../compute/concurrency-limiter.ts'
import { resultAnswerSchema, type SubmissionForm } from '../../contract/jobs.ts'
import { fromErrorReport, ParallaxError } from '../../core/errors.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { openCertificateStore } from '../../service/certifying/certificate-store.ts'
import { extractOne } from '../../service/reading/extract-files.ts'
import type { ReceivedFile } from '../../service/submitting/submit-files.ts'
import { extractionForm, parseExtraction, unchecked } from '../form.ts'
import { goneOf } from '../gone.ts'
import type { Routes, Service } from '../service.ts'
import { receive, type Upload } from '../upload.ts'

async function read(
  { types, reader, limits, templates: folder }: Service,
  { type, route }: Pick<SubmissionForm, 'type' | 'route'>,
  { name, bytes }: ReceivedFile,
  gone: AbortSignal,
): Promise<ExtractionResult> {
  const late = AbortSignal.timeout(limits.extractMs)
  const { type: ref, templates } = await types.describe(type, route)
  try {
    const signal = AbortSignal.any([late, gone])
    const own = { ...reader, templates }
    const result = await extractOne(
      { name, bytes },
      { reader: own, type: ref, templates: folder, route, signal },
    )
    if (result.error) throw fromErrorReport(result.error)
    return result
  } catch (error) {
    if (!late.aborted || error instanceof ParallaxError) throw error
    const seconds = Math.round(limits.extractMs / 1000)
    throw new ParallaxError(
      'E_TIMEOUT',
      `Reading took more than ${seconds} s. Submit the document as a batch.`,
    )
  }
}

/** An upload that has to be in within so long; else E_BAD_REQUEST, after which the connection is closed. */
async function inTime(receiving: Promise<Upload>, ms: number, reply: FastifyReply): Promise<Upload> {
  const { promise: late, stop } = timer(ms)
  const first = await Promise.race([receiving, late]).finally(stop)
  if (first) return first
  receiving.then(
    (upload) => upload[Symbol.asyncDispose](),
    () => {},
  )
  void reply.header('connection', 'close')
  reply.raw.once('close', () => reply.request.raw.destroy()) // Nobody else ends what is still being received.
  const seconds = Math.round(ms / 1000)
  throw new ParallaxError('E_BAD_REQUEST', `The document did not come in within ${seconds} s.`)
}

function timer(ms: number): { readonly promise: Promise<null>; stop(): void } {
  const stopped = new AbortController()
  const promise = delay(ms, null, { signal: stopped.signal }).catch(() => null)
  return { promise, stop: () => stopped.abort() }
}

/** One document, read while its submitter waits; nothing of it is kept. */
export const extractRoutes: Routes = async (app, { service }) => {
  const { home, limits } = service
  const certificates = openCertificateStore(home)
  const limiter = createConcurrencyLimiter({
    atOnce: limits.extractions,
    atOnceEach: Math.ceil(limits.extractions / 2),
    waiting: 0,
    waitingEach: 0,
    refusal: 'Too many documents are being waited for. Submit this one as a batch.',
  })

  app.post(
    '/v1/extract',
    {
      config: { role: 'submitter' },
      preParsing: async ({ session }) => limiter.requireRoom(session.tenant),
      validatorCompiler: unchecked,
      schema: {
        operationId: 'extract',
        summary: 'Read one small document at once',
        tags: ['extract'],
        consumes: ['multipart/form-data'],
        body: extractionForm,
        response: { 200: resultAnswerSchema },
      },
    },
    async (request, reply) => {
      const { tenant } = request.session
      const receiving = receive(request, home, { ...limits, files: 1 })
      await using upload = await inTime(receiving, limits.receiveMs, reply)
      const form = parseExtraction(upload.fields)
      const [file] = upload.files
      if (!file) throw new ParallaxError('E_BAD_REQUEST', 'There is no file in the form.')
      const gone = goneOf(reply)
      const result = await limiter.run(tenant, () => read(service, form, file, gone), gone)
      return (await certificates.marker(tenant))(result)
    },
  )
}
