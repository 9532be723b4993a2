import { z } from 'zod'
import { errorReportSchema } from '../core/errors.ts'
import { roleSchema } from '../core/access.ts'

/** RFC 9457, served as application/problem+json with every status from 400 on. */
export const problemSchema = errorReportSchema
  .extend({
    type: z.string().describe('about:blank'),
    title: z.string().describe('the name of the status'),
    status: z.int(),
    detail: z.string().describe('the same as message'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problemSchema>

export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' })

const checkSchema = z.object({ ok: z.boolean(), message: z.string().nullable() })

/** A worker process that a service keeps running. */
export const workerStateSchema = z
  .object({
    state: z.enum(['running', 'restarting']).describe('restarting: it has ended and will be started again'),
    since: z.iso.datetime(),
    restarts: z.int().describe('times that it was started again'),
    reason: z.string().nullable().describe('why it ended last; null once it has run for a minute'),
  })
  .meta({ id: 'WorkerState' })
export type WorkerState = z.infer<typeof workerStateSchema>

export const readinessSchema = z
  .object({
    ready: z.boolean(),
    checks: z.object({
      storage: checkSchema,
      queue: checkSchema,
      workers: checkSchema.extend({
        processes: z.array(workerStateSchema).describe('those that the service itself has started'),
      }),
    }),
  })
  .meta({ id: 'Readiness' })
export type Readiness = z.infer<typeof readinessSchema>

/** Who is asking. `open` is a service on loopback for which no keys were made. */
export const sessionSchema = z
  .object({ tenant: z.string(), name: z.string(), role: roleSchema, open: z.boolean() })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof sessionSchema>

export const signInSchema = z.object({ key: z.string().min(1).max(200) }).meta({ id: 'SignIn' })

/** Part of a list, and where the next part begins; null at the end. */
export const pageOf = <S extends z.ZodType>(name: string, item: S) =>
  z.object({ items: z.array(item), next: z.string().nullable() }).meta({ id: name })

export const pagingSchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(100).optional().describe('`next` of the part before'),
})
