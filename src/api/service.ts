import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ConcurrencyLimiter } from '../compute/concurrency-limiter.ts'
import type { BlobStore } from '../core/blob-store.ts'
import type { Ledger } from '../core/ledger.ts'
import type { Readiness, WorkerState } from '../contract/common.ts'
import type { WebhookHosts } from '../service/webhooks/callback-hosts.ts'
import type { RunTask } from '../compute/run-task.ts'
import type { Reader } from '../service/reading/read-document.ts'
import type { Admission } from '../service/submitting/admission.ts'
import type { TypeCatalog } from '../service/types/type-catalog.ts'
import type { TemplateFolder } from '../service/types/templates.ts'

/** What a service takes on at most. */
export interface ServiceLimits {
  /** Jobs that wait to be read, of all tenants. */
  readonly queued: number
  /** Of those, jobs of one tenant. */
  readonly queuedEach: number
  readonly fileBytes: number
  /** Files of one request. */
  readonly files: number
  /** Of one key, or of one address where nobody asks for keys. */
  readonly requestsPerMinute: number
  /** What has to stay free on the disk of the data folder. */
  readonly freeBytes: number
  /** Documents whose submitters wait, at the same time. */
  readonly extractions: number
  /** How long a document may take that its submitter waits for. */
  readonly extractMs: number
  /** Within which such a document must have come in, in milliseconds. */
  readonly receiveMs: number
}

/** What the routes work with. */
export interface Service {
  readonly version: string
  /** The data folder. */
  readonly home: string
  /** Whose name stands under reviews while nobody asks for keys. */
  readonly user: string
  readonly store: Ledger
  readonly blobs: BlobStore
  /** Has what waits in the ledger given to the queue, some time soon. */
  readonly wake: () => void
  /** Does something after the answer; the service waits for it before it ends. */
  readonly later: (work: () => Promise<void>) => void
  /** Runs a task of `workers/extraction-child.ts`. */
  readonly run: RunTask
  /** Lets in who waits for a picture of a page, or for a place of one to be read. */
  readonly limiter: ConcurrencyLimiter
  /** Lets in who waits for the report of a batch. */
  readonly reportLimiter: ConcurrencyLimiter
  /** What reads a document while its submitter waits; it has the names of the engines, too. */
  readonly reader: Reader
  readonly types: TypeCatalog
  /** Where the vendor templates of all types lie. */
  readonly templates: TemplateFolder
  readonly limits: ServiceLimits
  /** Where browsers find the service behind a proxy; null where none stands before it. */
  readonly origin: string | null
  /** Where callbacks may go; null for nowhere. */
  readonly callbacks: WebhookHosts | null
  readonly admission: Admission
  readonly readiness: () => Promise<Readiness>
  /** The worker processes that the service itself keeps running. */
  readonly workerStates: () => readonly WorkerState[]
  /** Where the built review page lies. */
  readonly page: URL
}

/**
 * The routes of one file. Every route under /v1 says in its `config` which `role` it asks for; its handler finds who is
 * asking in `request.session`, and throws ParallaxErrors, which become problems.
 */
export type Routes = FastifyPluginAsyncZod<{ readonly service: Service }>
