import type { FastifyReply } from 'fastify'
import { rowAnswerSchema, type SubmissionForm } from '../../contract/jobs.ts'
import { fromErrorReport, ParallaxError } from '../../core/errors.ts'
import type { Row } from '../../core/row.ts'
import { openShelf } from '../../service/judging/certificate-shelf.ts'
import { readDocument } from '../../service/reading/read-document.ts'
import { toRow } from '../../service/results/rows.ts'
import type { ReceivedFile } from '../../service/submitting/submit-files.ts'
import { extractionForm, parseExtraction, unchecked } from '../form.ts'
import type { Routes, Service } from '../service.ts'
import { receive } from '../upload.ts'

function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => gone.abort())
  return gone.signal
}

async function read(
  { types, reader, limits }: Service,
  { type, route }: Pick<SubmissionForm, 'type' | 'route'>,
  { name, bytes }: ReceivedFile,
  gone: AbortSignal,
): Promise<Row> {
  const late = AbortSignal.timeout(limits.extractMs)
  const { type: ref, templates } = await types.describe(type, route)
  try {
    const signal = AbortSignal.any([late, gone])
    const result = await readDocument({ ...reader, templates }, await bytes(), ref, route, signal)
    if (result.error) throw fromErrorReport(result.error)
    return toRow(name, result)
  } catch (error) {
    if (!late.aborted || error instanceof ParallaxError) throw error
    const seconds = Math.round(limits.extractMs / 1000)
    throw new ParallaxError(
      'E_TIMEOUT',
      `Reading took more than ${seconds} s. Submit the document as a batch.`,
    )
  }
}

/** One document, read while its submitter waits; nothing of it is kept. */
export const extractRoutes: Routes = async (app, { service }) => {
  const shelf = openShelf(service.home)
  let inHand = 0

  app.post(
    '/v1/extract',
    {
      config: { role: 'submitter' },
      preParsing: async () => {
        if (inHand < service.limits.extractions) return
        throw new ParallaxError(
          'E_BUSY',
          'Too many documents are being waited for. Submit this one as a batch.',
        )
      },
      validatorCompiler: unchecked,
      schema: {
        operationId: 'extract',
        summary: 'Read one small document at once',
        tags: ['extract'],
        consumes: ['multipart/form-data'],
        body: extractionForm,
        response: { 200: rowAnswerSchema },
      },
    },
    async (request, reply) => {
      inHand++
      try {
        await using upload = await receive(request, service.home, { ...service.limits, files: 1 })
        const form = parseExtraction(upload.fields)
        const [file] = upload.files
        if (!file) throw new ParallaxError('E_BAD_REQUEST', 'There is no file in the form.')
        const row = await read(service, form, file, goneOf(reply))
        return (await shelf.marker(request.session.tenant))(row)
      } finally {
        inHand--
      }
    },
  )
}
