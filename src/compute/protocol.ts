import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'
import { errorReportSchema, ParallaxError } from '../core/errors.ts'

/** What the pool puts on a child's command line: whose death ends it, and how much memory its process group may hold. */
export const childArgumentsSchema = z
  .tuple([z.coerce.number().int().positive(), z.coerce.number().positive()])
  .transform(([parentPid, memoryLimitMb]) => ({ parentPid, memoryLimitMb }))
export type ChildArguments = z.infer<typeof childArgumentsSchema>

/** From the pool to a child. */
export const requestSchema = z.object({ id: z.int(), task: z.string(), payload: z.unknown() })
export type Request = z.infer<typeof requestSchema>

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** From a child to the pool. `rss` is the child's resident memory in bytes; `value` is made by `pack`. */
export const replySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('extend'), id: z.int(), ms: z.number().positive() }),
  z.object({ type: z.literal('result'), id: z.int(), rss: z.number(), value: bytesSchema }),
  z.object({
    type: z.literal('error'),
    id: z.int(),
    rss: z.number(),
    report: errorReportSchema,
    stack: z.string().optional(),
  }),
])
export type Reply = z.infer<typeof replySchema>

/** The signal by which a child that holds too much memory ends itself; nothing else in a child sends it. */
export const memorySignal = 'SIGUSR2'

const maxResultMb = 64

/** A task's result as bytes; throws `E_INTERNAL` when it cannot be cloned, `E_OUTPUT_TOO_LARGE` above 64 MB. */
export function pack(task: string, result: unknown): Uint8Array {
  const bytes = clone(task, result)
  if (bytes.byteLength <= maxResultMb * 2 ** 20) return bytes
  throw new ParallaxError(
    'E_OUTPUT_TOO_LARGE',
    `The result of "${task}" is ${Math.ceil(bytes.byteLength / 2 ** 20)} MB large; at most ${maxResultMb} MB are allowed.`,
  )
}

function clone(task: string, result: unknown): Uint8Array {
  try {
    return serialize(result)
  } catch (error) {
    throw uncloneable('result', task, error)
  }
}

/** The result that `pack` made bytes of. */
export const unpack = (bytes: Uint8Array): unknown => deserialize(bytes)

/** Says that a payload or result holds something that processes cannot hand over, such as a function. */
export function uncloneable(what: 'payload' | 'result', task: string, cause: unknown): ParallaxError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ParallaxError(
    'E_INTERNAL',
    `The ${what} of "${task}" cannot pass between processes: ${reason} Only plain data can.`,
    { cause },
  )
}
