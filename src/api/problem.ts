import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { problemSchema, type Problem } from '../contract/common.ts'
import { errorRules, ParallaxError, type ErrorCode } from '../core/errors.ts'

const problemType = 'application/problem+json'

const asProblem = { description: 'Why not.', content: { [problemType]: { schema: problemSchema } } }

/** What every route may answer instead of what was asked for; stands among the `response` of its schema. */
export const problems = { '4xx': asProblem, '5xx': asProblem }

/** Seconds after which it makes sense to try again. */
const retryAfter: Partial<Record<ErrorCode, number>> = { E_BUSY: 5, E_STORAGE: 5, E_QUEUE_DOWN: 5 }

/** What is said to strangers where the sentence of the error is for whoever runs the service: it may name files. */
const discreet: Partial<Record<ErrorCode, string>> = {
  E_STORAGE: 'The storage of the service is away. What was acknowledged is safe; try again in a moment.',
  E_INTERNAL: 'Something went wrong inside the service. Its log says more.',
}

/** Errors of the libraries that read requests, by their `code`. */
const ofLibraries: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['E_FILE_TOO_LARGE', 'The body of the request is too large.'],
  FST_REQ_FILE_TOO_LARGE: ['E_FILE_TOO_LARGE', 'A file is too large.'],
  FST_FILES_LIMIT: ['E_BAD_REQUEST', 'There are too many files in one request.'],
  FST_PARTS_LIMIT: ['E_BAD_REQUEST', 'There are too many parts in one request.'],
  FST_FIELDS_LIMIT: ['E_BAD_REQUEST', 'There are too many fields in one request.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'E_BAD_REQUEST',
    'The content type of the request is not one that is read here.',
  ],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['E_BAD_REQUEST', 'The request is not multipart/form-data.'],
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'

/** Any thrown thing as an error of the table. */
export function toParallaxError(error: unknown): ParallaxError {
  if (error instanceof ParallaxError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const { instancePath, message } = error.validation[0]!
    const where = [error.validationContext, instancePath.slice(1).replaceAll('/', '.')]
      .filter(Boolean)
      .join(' ')
    return new ParallaxError('E_BAD_REQUEST', `The request cannot be used (${where}: ${message}).`)
  }
  if (!isFastifyError(error)) return new ParallaxError('E_INTERNAL', 'Unexpected error.', { cause: error })
  const known = ofLibraries[error.code]
  if (known) return new ParallaxError(...known, { cause: error })
  if (error.statusCode! < 500) return new ParallaxError('E_BAD_REQUEST', error.message, { cause: error })
  return new ParallaxError('E_INTERNAL', 'Unexpected error.', { cause: error })
}

/** An error as it is answered. */
export function toProblem(error: ParallaxError): Problem {
  const { status } = errorRules[error.code]
  const message = discreet[error.code] ?? error.message
  return {
    ...error.toReport(),
    message,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
  }
}

/** Answers a request with what went wrong. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toParallaxError(error)
  const problem = toProblem(known)
  if (problem.status >= 500) request.log.error({ err: error }, known.message)
  const seconds = retryAfter[known.code]
  if (seconds !== undefined && !reply.hasHeader('retry-after')) void reply.header('retry-after', seconds)
  if (known.code === 'E_AUTH') void reply.header('www-authenticate', 'Bearer realm="parallax"')
  return reply.status(problem.status).type(problemType).send(problem)
}

/** For paths that nobody listens at. */
export const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(new ParallaxError('E_NOT_FOUND', 'There is nothing at this address.'), request, reply)

/** For a request that is not even HTTP, as it is written to its socket. */
export function rawProblem(message: string, status: 400 | 431): string {
  const problem = { ...toProblem(new ParallaxError('E_BAD_REQUEST', message)), status }
  const body = JSON.stringify({ ...problem, title: STATUS_CODES[status] })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
