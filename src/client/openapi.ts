/* eslint-disable */
// Written by "npm run gen" from the routes of src/api and the shapes of src/contract.

export interface paths {
  '/v1/health': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Whether it runs */
    get: operations['getHealth']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/ready': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Whether storage, queue and workers are there; answers within two seconds */
    get: operations['getReadiness']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/session': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who is asking
     * @description For the role submitter, and those above it.
     */
    get: operations['getSession']
    put?: never
    /** Sign in with a key; answers with a cookie */
    post: operations['signIn']
    /** Sign out */
    delete: operations['signOut']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/batches': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The newest batches first
     * @description For the role submitter, and those above it.
     */
    get: operations['listBatches']
    put?: never
    /**
     * Submit files to be read
     * @description For the role submitter, and those above it.
     */
    post: operations['submitBatch']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/batches/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How far a batch is
     * @description For the role submitter, and those above it.
     */
    get: operations['getBatch']
    put?: never
    post?: never
    /**
     * Delete all documents of a batch and all that came of them, also while they are being read
     * @description For the role admin, and those above it.
     */
    delete: operations['deleteBatch']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/batches/{id}/report': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a batch came to, as one page of HTML
     * @description For the role submitter, and those above it.
     */
    get: operations['getBatchReport']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/batches/{id}/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How a batch comes along: `progress` whenever it changes, `finished` at the end, each with the batch
     * @description For the role submitter, and those above it.
     */
    get: operations['watchBatch']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/jobs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Jobs in the order in which they were submitted
     * @description For the role submitter, and those above it.
     */
    get: operations['listJobs']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/jobs/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How a document fares
     * @description For the role submitter, and those above it.
     */
    get: operations['getJob']
    put?: never
    post?: never
    /**
     * Delete a document and all that came of it, also while it is being read
     * @description For the role admin, and those above it.
     */
    delete: operations['deleteJob']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/jobs/{id}/result': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What was read, with the corrections of whoever reviewed it
     * @description For the role submitter, and those above it.
     */
    get: operations['getResult']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/jobs/{id}/retry': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Read an ended document again, or a damaged one; one that a person has decided about needs the role reviewer
     * @description For the role submitter, and those above it.
     */
    post: operations['retryJob']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/jobs/{id}/cancel': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Stop waiting for a document; one that needs review needs the role reviewer
     * @description For the role submitter, and those above it.
     */
    post: operations['cancelJob']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/jobs/{id}/pages/{page}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A page of a document as it was submitted, upright, as a JPEG of at most 2000 pixels a side
     * @description For the role submitter, and those above it.
     */
    get: operations['getPage']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/extract': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Read one small document at once
     * @description For the role submitter, and those above it.
     */
    post: operations['extract']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/limits': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a submission may hold at most
     * @description For the role submitter, and those above it.
     */
    get: operations['getLimits']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/types': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The document types
     * @description For the role submitter, and those above it.
     */
    get: operations['listTypes']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/types/{name}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A document type; its ETag changes with it
     * @description For the role submitter, and those above it.
     */
    get: operations['getType']
    /**
     * Keep a JSON Schema as the version in use of a document type
     * @description For the role admin, and those above it.
     */
    put: operations['putType']
    post?: never
    /**
     * Offer a document type no longer; what was read by it can still be looked at
     * @description For the role admin, and those above it.
     */
    delete: operations['deleteType']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/types/try': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * What each field of a JSON Schema finds on a document; keeps neither
     * @description For the role admin, and those above it.
     */
    post: operations['tryType']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What waits for a person, the most urgent first
     * @description For the role reviewer, and those above it.
     */
    get: operations['listReview']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/next': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * The next document to look at, held for ten minutes
     * @description For the role reviewer, and those above it.
     */
    post: operations['nextReview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * All that is needed to review a document
     * @description For the role reviewer, and those above it.
     */
    get: operations['getReview']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}/check': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * What would be wrong with a document after changes; records nothing
     * @description For the role reviewer, and those above it.
     */
    post: operations['checkReview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}/corrections': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Change values of a document; its review goes on
     * @description For the role reviewer, and those above it.
     */
    post: operations['correctReview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}/read': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Read a place of a document anew
     * @description For the role reviewer, and those above it.
     */
    post: operations['readRegion']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}/accept': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * The values, with corrections, are right
     * @description For the role reviewer, and those above it.
     */
    post: operations['acceptReview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}/reject': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * The document is no use, and why
     * @description For the role reviewer, and those above it.
     */
    post: operations['rejectReview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}/reopen': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Have a person look (again) at a document that was accepted or rejected; it is held for ten minutes
     * @description For the role reviewer, and those above it.
     */
    post: operations['reopenReview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/jobs/{id}/document': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A document with its values and pages and what people did to it, in whatever state it is
     * @description For the role submitter, and those above it.
     */
    get: operations['getDocument']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/review/{id}/skip': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Leave a document to a later time
     * @description For the role reviewer, and those above it.
     */
    post: operations['skipReview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/exports': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Rows with all corrections and the state of their jobs, as JSON lines, CSV or XLSX
     * @description For the role submitter, and those above it.
     */
    get: operations['exportRows']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/exports/columns': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Names of columns that tables can be asked for with
     * @description For the role submitter, and those above it.
     */
    get: operations['listColumns']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/exports/pairs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reviewed documents as lines of Donut's metadata.jsonl; pictures are fetched page by page
     * @description For the role reviewer, and those above it.
     */
    get: operations['exportPairs']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/certificates': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The certificates by which results are marked
     * @description For the role submitter, and those above it.
     */
    get: operations['listCertificates']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/certificates/{name}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Keep a certificate that parallax certify made
     * @description For the role admin, and those above it.
     */
    put: operations['putCertificate']
    post?: never
    /**
     * Mark results by this certificate no longer
     * @description For the role admin, and those above it.
     */
    delete: operations['deleteCertificate']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v1/metrics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Figures of the documents that were read, and of the workers, as Prometheus collects them
     * @description For the role submitter, and those above it.
     */
    get: operations['getMetrics']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export interface webhooks {
  'batch.finished': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** All documents of a batch have ended or wait for a person; again when a document was read anew, or a person has decided about one */
    post: operations['batchFinished']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export interface components {
  schemas: {
    SignIn: {
      key: string
    }
    Submission: {
      /**
       * @description name of a document type, or auto: each document is read as its words tell
       * @default receipt
       */
      type?: string
      /**
       * @default auto
       * @enum {string}
       */
      route?: 'direct' | 'modular' | 'both' | 'auto'
      /**
       * Format: uri
       * @description called when all documents have ended
       */
      callback?: string
      /**
       * @description high: read before the other documents of the same tenant
       * @default normal
       * @enum {string}
       */
      priority?: 'normal' | 'high'
      /** @description what people call the batch */
      name?: string
      /** @description what the batch goes by elsewhere */
      reference?: string
      /** @description a JSON object of at most 50 values, 3 deep, that is told with every result */
      metadata?: string
      /** @description in any part with a file name */
      files: string[]
    }
    Extraction: {
      /**
       * @description name of a document type, or auto: each document is read as its words tell
       * @default receipt
       */
      type?: string
      /**
       * @default auto
       * @enum {string}
       */
      route?: 'direct' | 'modular' | 'both' | 'auto'
      /** Format: binary */
      file: string
    }
    SchemaTrial: {
      /** @description a JSON Schema, see PUT /v1/types/NAME */
      schema: string
      /**
       * @description what its type is to be called
       * @default document
       */
      name?: string
      /** Format: binary */
      file: string
    }
    Certificate: {
      /** @constant */
      version: 1
      documentType: string
      /** @enum {string} */
      route: 'direct' | 'modular' | 'both' | 'auto'
      models: string[]
      error: number
      confidence: number
      /** Format: date-time */
      madeAt: string
      documents: number
      fields: {
        [key: string]:
          | {
              threshold: number
              documents: number
              accepted: number
              errors: number
              bound: number
              audited: number
              audit?: {
                errors: number
                eValue: number
                low: number
                high: number
              }
              void: boolean
            }
          | {
              needed: number | null
              documents: number
              accepted: number
              errors: number
            }
      }
    }
    NextRequest: {
      not?: string
    }
    Changes: {
      /** @description null at /items/2 takes that record away; "2 0 1" at /items/- puts the records that stay in this order */
      changes: {
        field: string
        value: string | number | boolean | null
      }[]
      /** @description how many corrections were recorded so far: E_CONFLICT where there are others by now */
      revision: number
    }
    TriedChanges: {
      /** @description null at /items/2 takes that record away; "2 0 1" at /items/- puts the records that stay in this order */
      changes: {
        field: string
        value: string | number | boolean | null
      }[]
      /** @description how many corrections were recorded so far: E_CONFLICT where there are others by now */
      revision?: number
    }
    EndRequest: {
      /** @description how many corrections were recorded so far: E_CONFLICT where there are others by now */
      revision?: number
    }
    RejectRequest: {
      /** @description how many corrections were recorded so far: E_CONFLICT where there are others by now */
      revision?: number
      /** @default null */
      reason?: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
      /**
       * @description anything else, in words
       * @default null
       */
      note?: string | null
    }
    Region: {
      page: number
      box: [number, number, number, number]
      field?: string
    }
    Problem: {
      /** @enum {string} */
      code:
        | 'E_NOT_IMAGE'
        | 'E_UNSUPPORTED_TYPE'
        | 'E_CORRUPT'
        | 'E_PDF_ENCRYPTED'
        | 'E_TOO_SMALL'
        | 'E_TOO_MANY_PIXELS'
        | 'E_TOO_MANY_PAGES'
        | 'E_FILE_TOO_LARGE'
        | 'E_NOT_READABLE'
        | 'E_NO_TEXT'
        | 'E_LOW_CONFIDENCE'
        | 'E_SCHEMA_MISMATCH'
        | 'E_UNSAFE_KEY'
        | 'E_OUTPUT_TOO_LARGE'
        | 'E_SCHEMA_UNSAFE'
        | 'E_TYPE_INVALID'
        | 'E_TIMEOUT'
        | 'E_MEMORY'
        | 'E_CRASHED'
        | 'E_POISON'
        | 'E_ENGINE'
        | 'E_BAD_REQUEST'
        | 'E_AUTH'
        | 'E_FORBIDDEN'
        | 'E_NOT_FOUND'
        | 'E_NOT_READY'
        | 'E_IDEMPOTENCY_CONFLICT'
        | 'E_CONFLICT'
        | 'E_URL_BLOCKED'
        | 'E_BUSY'
        | 'E_DAMAGED'
        | 'E_INTERNAL'
        | 'E_QUEUE_DOWN'
        | 'E_STORAGE'
      message: string
      retryable: boolean
      /** @description about:blank */
      type: string
      /** @description the name of the status */
      title: string
      status: number
      /** @description the same as message */
      detail: string
    }
    Health: {
      /** @constant */
      status: 'ok'
      version: string
    }
    WorkerState: {
      /**
       * @description restarting: it has ended and will be started again
       * @enum {string}
       */
      state: 'running' | 'restarting'
      /** Format: date-time */
      since: string
      /** @description times that it was started again */
      restarts: number
      /** @description why it ended last; null once it has run for a minute */
      reason: string | null
    }
    Readiness: {
      ready: boolean
      checks: {
        storage: {
          ok: boolean
          message: string | null
        }
        queue: {
          ok: boolean
          message: string | null
        }
        workers: {
          ok: boolean
          message: string | null
          /** @description those that the service itself has started */
          processes: components['schemas']['WorkerState'][]
        }
      }
    }
    Session: {
      tenant: string
      name: string
      /** @enum {string} */
      role: 'submitter' | 'reviewer' | 'admin'
      open: boolean
    }
    Job: {
      id: string
      batch: string
      position: number
      file: string
      /** @enum {string} */
      status:
        | 'queued'
        | 'running'
        | 'reprocessing'
        | 'accepted'
        | 'needs_review'
        | 'reviewed'
        | 'rejected'
        | 'failed'
        | 'quarantined'
        | 'cancelled'
      error: {
        /** @enum {string} */
        code:
          | 'E_NOT_IMAGE'
          | 'E_UNSUPPORTED_TYPE'
          | 'E_CORRUPT'
          | 'E_PDF_ENCRYPTED'
          | 'E_TOO_SMALL'
          | 'E_TOO_MANY_PIXELS'
          | 'E_TOO_MANY_PAGES'
          | 'E_FILE_TOO_LARGE'
          | 'E_NOT_READABLE'
          | 'E_NO_TEXT'
          | 'E_LOW_CONFIDENCE'
          | 'E_SCHEMA_MISMATCH'
          | 'E_UNSAFE_KEY'
          | 'E_OUTPUT_TOO_LARGE'
          | 'E_SCHEMA_UNSAFE'
          | 'E_TYPE_INVALID'
          | 'E_TIMEOUT'
          | 'E_MEMORY'
          | 'E_CRASHED'
          | 'E_POISON'
          | 'E_ENGINE'
          | 'E_BAD_REQUEST'
          | 'E_AUTH'
          | 'E_FORBIDDEN'
          | 'E_NOT_FOUND'
          | 'E_NOT_READY'
          | 'E_IDEMPOTENCY_CONFLICT'
          | 'E_CONFLICT'
          | 'E_URL_BLOCKED'
          | 'E_BUSY'
          | 'E_DAMAGED'
          | 'E_INTERNAL'
          | 'E_QUEUE_DOWN'
          | 'E_STORAGE'
        message: string
        retryable: boolean
      } | null
      reviewedBy: string | null
      /** @description why whoever rejected it did */
      rejection: {
        reason: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
        note: string | null
      } | null
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      updatedAt: string
    }
    ListedJob: {
      id: string
      batch: string
      position: number
      file: string
      /** @enum {string} */
      status:
        | 'queued'
        | 'running'
        | 'reprocessing'
        | 'accepted'
        | 'needs_review'
        | 'reviewed'
        | 'rejected'
        | 'failed'
        | 'quarantined'
        | 'cancelled'
      error: {
        /** @enum {string} */
        code:
          | 'E_NOT_IMAGE'
          | 'E_UNSUPPORTED_TYPE'
          | 'E_CORRUPT'
          | 'E_PDF_ENCRYPTED'
          | 'E_TOO_SMALL'
          | 'E_TOO_MANY_PIXELS'
          | 'E_TOO_MANY_PAGES'
          | 'E_FILE_TOO_LARGE'
          | 'E_NOT_READABLE'
          | 'E_NO_TEXT'
          | 'E_LOW_CONFIDENCE'
          | 'E_SCHEMA_MISMATCH'
          | 'E_UNSAFE_KEY'
          | 'E_OUTPUT_TOO_LARGE'
          | 'E_SCHEMA_UNSAFE'
          | 'E_TYPE_INVALID'
          | 'E_TIMEOUT'
          | 'E_MEMORY'
          | 'E_CRASHED'
          | 'E_POISON'
          | 'E_ENGINE'
          | 'E_BAD_REQUEST'
          | 'E_AUTH'
          | 'E_FORBIDDEN'
          | 'E_NOT_FOUND'
          | 'E_NOT_READY'
          | 'E_IDEMPOTENCY_CONFLICT'
          | 'E_CONFLICT'
          | 'E_URL_BLOCKED'
          | 'E_BUSY'
          | 'E_DAMAGED'
          | 'E_INTERNAL'
          | 'E_QUEUE_DOWN'
          | 'E_STORAGE'
        message: string
        retryable: boolean
      } | null
      reviewedBy: string | null
      /** @description why whoever rejected it did */
      rejection: {
        reason: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
        note: string | null
      } | null
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      updatedAt: string
      /** @description what tells it from others, where it was asked for; null where there is nothing yet */
      summary?:
        | {
            label: string
            text: string
          }[]
        | null
    }
    Jobs: {
      items: components['schemas']['ListedJob'][]
      next: string | null
    }
    AcceptedBatch: {
      id: string
      jobs: {
        id: string
        file: string
      }[]
    }
    Batch: {
      id: string
      /** Format: date-time */
      createdAt: string
      callback: string | null
      name: string | null
      reference: string | null
      metadata: {
        [key: string]: unknown
      } | null
      total: number
      counts: {
        [key: string]: number
      }
      /** @description whether every document has ended or waits for a person */
      finished: boolean
    }
    Batches: {
      items: components['schemas']['Batch'][]
      next: string | null
    }
    Row: {
      /** @constant */
      version: 1
      file: string
      documentType: string
      /** @enum {string} */
      route: 'direct' | 'modular' | 'both' | 'auto'
      reason: string
      /** @enum {string} */
      verdict: 'accepted' | 'needs_review' | 'failed'
      data: unknown
      fields: {
        [key: string]: {
          value: string | number | boolean | null
          text: string | null
          confidence: number
          source: {
            page: number
            box: [number, number, number, number]
            text: string
          } | null
          certified: boolean
          /** @enum {string} */
          path: 'direct' | 'modular' | 'embedded'
          /** @default null */
          grounded: boolean | null
          alternatives: {
            /** @enum {string} */
            path: 'direct' | 'modular' | 'embedded'
            value: string | number | boolean | null
            text: string | null
            confidence: number
          }[]
        }
      }
      flags: {
        code: string
        field: string | null
        readonly fields?: string[]
        message: string
      }[]
      attempts: {
        /** @enum {string} */
        path: 'direct' | 'modular' | 'embedded'
        model: string
        score: number | null
        ms: number
        error?: {
          /** @enum {string} */
          code:
            | 'E_NOT_IMAGE'
            | 'E_UNSUPPORTED_TYPE'
            | 'E_CORRUPT'
            | 'E_PDF_ENCRYPTED'
            | 'E_TOO_SMALL'
            | 'E_TOO_MANY_PIXELS'
            | 'E_TOO_MANY_PAGES'
            | 'E_FILE_TOO_LARGE'
            | 'E_NOT_READABLE'
            | 'E_NO_TEXT'
            | 'E_LOW_CONFIDENCE'
            | 'E_SCHEMA_MISMATCH'
            | 'E_UNSAFE_KEY'
            | 'E_OUTPUT_TOO_LARGE'
            | 'E_SCHEMA_UNSAFE'
            | 'E_TYPE_INVALID'
            | 'E_TIMEOUT'
            | 'E_MEMORY'
            | 'E_CRASHED'
            | 'E_POISON'
            | 'E_ENGINE'
            | 'E_BAD_REQUEST'
            | 'E_AUTH'
            | 'E_FORBIDDEN'
            | 'E_NOT_FOUND'
            | 'E_NOT_READY'
            | 'E_IDEMPOTENCY_CONFLICT'
            | 'E_CONFLICT'
            | 'E_URL_BLOCKED'
            | 'E_BUSY'
            | 'E_DAMAGED'
            | 'E_INTERNAL'
            | 'E_QUEUE_DOWN'
            | 'E_STORAGE'
          message: string
          retryable: boolean
        }
      }[]
      error: {
        /** @enum {string} */
        code:
          | 'E_NOT_IMAGE'
          | 'E_UNSUPPORTED_TYPE'
          | 'E_CORRUPT'
          | 'E_PDF_ENCRYPTED'
          | 'E_TOO_SMALL'
          | 'E_TOO_MANY_PIXELS'
          | 'E_TOO_MANY_PAGES'
          | 'E_FILE_TOO_LARGE'
          | 'E_NOT_READABLE'
          | 'E_NO_TEXT'
          | 'E_LOW_CONFIDENCE'
          | 'E_SCHEMA_MISMATCH'
          | 'E_UNSAFE_KEY'
          | 'E_OUTPUT_TOO_LARGE'
          | 'E_SCHEMA_UNSAFE'
          | 'E_TYPE_INVALID'
          | 'E_TIMEOUT'
          | 'E_MEMORY'
          | 'E_CRASHED'
          | 'E_POISON'
          | 'E_ENGINE'
          | 'E_BAD_REQUEST'
          | 'E_AUTH'
          | 'E_FORBIDDEN'
          | 'E_NOT_FOUND'
          | 'E_NOT_READY'
          | 'E_IDEMPOTENCY_CONFLICT'
          | 'E_CONFLICT'
          | 'E_URL_BLOCKED'
          | 'E_BUSY'
          | 'E_DAMAGED'
          | 'E_INTERNAL'
          | 'E_QUEUE_DOWN'
          | 'E_STORAGE'
        message: string
        retryable: boolean
      } | null
      ms: number
      rejection?: {
        reason: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
        note: string | null
      }
      submission?: {
        batch: string
        name: string | null
        reference: string | null
        metadata: {
          [key: string]: unknown
        } | null
      }
      part?: {
        index: number
        of: number
        pages: [number, ...number[]]
        region: [number, number, number, number] | null
        probability: number
      }
      parts?: {
        index: number
        of: number
        pages: [number, ...number[]]
        region: [number, number, number, number] | null
        probability: number
      }[]
      told?: {
        probability: number
        others: {
          name: string
          probability: number
        }[]
      }
    }
    ColumnNames: {
      items: string[]
    }
    ToldBatch: {
      id: string
      /** Format: date-time */
      createdAt: string
      callback: string | null
      name: string | null
      reference: string | null
      metadata: {
        [key: string]: unknown
      } | null
      total: number
      counts: {
        [key: string]: number
      }
      /** @description whether every document has ended or waits for a person */
      finished: boolean
      /** @description documents that people have rejected, the first 100 */
      rejected: {
        id: string
        file: string
        reviewedBy: string | null
        /** @description why whoever rejected it did */
        rejection: {
          reason: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
          note: string | null
        } | null
      }[]
    }
    BatchFinished: {
      /** @constant */
      type: 'batch.finished'
      /** Format: date-time */
      timestamp: string
      data: components['schemas']['ToldBatch']
    }
    Limits: {
      /** @description of one file */
      fileBytes: number
      /** @description of all files of one request */
      requestBytes: number
      /** @description of one request */
      files: number
    }
    NamedCertificate: {
      name: string
      certificate: components['schemas']['Certificate']
    }
    Certificates: {
      items: components['schemas']['NamedCertificate'][]
    }
    FormField: {
      /** @description of a value, or of a list where `columns` is given */
      pointer: string
      /** @description in words, for example "merchant name" */
      label: string
      /** @enum {string} */
      kind: 'text' | 'number' | 'integer' | 'date' | 'time' | 'boolean' | 'choice' | 'list'
      /** @description what a choice is made from; else empty */
      choices: string[]
      /** @description whether a document is never accepted without it */
      required: boolean
      /** @enum {string} */
      risk: 'low' | 'medium' | 'high'
      /** @description what the document type says of it */
      hint: string | null
      /** @description of a list of records, pointers with * for the index; else empty */
      columns: components['schemas']['FormField'][]
    }
    Correction: {
      field: string
      before: string | number | boolean | null
      after: string | number | boolean | null
      by: string
      /** Format: date-time */
      at: string
    }
    Decision: {
      /** @enum {string} */
      kind: 'reviewed' | 'rejected' | 'reopened'
      rejection: {
        reason: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
        note: string | null
      } | null
      by: string
      /** Format: date-time */
      at: string
    }
    Review: {
      job: components['schemas']['Job']
      row: {
        /** @constant */
        version: 1
        file: string
        documentType: string
        /** @enum {string} */
        route: 'direct' | 'modular' | 'both' | 'auto'
        reason: string
        /** @enum {string} */
        verdict: 'accepted' | 'needs_review' | 'failed'
        data: unknown
        fields: {
          [key: string]: {
            value: string | number | boolean | null
            text: string | null
            confidence: number
            source: {
              page: number
              box: [number, number, number, number]
              text: string
            } | null
            certified: boolean
            /** @enum {string} */
            path: 'direct' | 'modular' | 'embedded'
            /** @default null */
            grounded: boolean | null
            alternatives: {
              /** @enum {string} */
              path: 'direct' | 'modular' | 'embedded'
              value: string | number | boolean | null
              text: string | null
              confidence: number
            }[]
          }
        }
        flags: {
          code: string
          field: string | null
          readonly fields?: string[]
          message: string
        }[]
        attempts: {
          /** @enum {string} */
          path: 'direct' | 'modular' | 'embedded'
          model: string
          score: number | null
          ms: number
          error?: {
            /** @enum {string} */
            code:
              | 'E_NOT_IMAGE'
              | 'E_UNSUPPORTED_TYPE'
              | 'E_CORRUPT'
              | 'E_PDF_ENCRYPTED'
              | 'E_TOO_SMALL'
              | 'E_TOO_MANY_PIXELS'
              | 'E_TOO_MANY_PAGES'
              | 'E_FILE_TOO_LARGE'
              | 'E_NOT_READABLE'
              | 'E_NO_TEXT'
              | 'E_LOW_CONFIDENCE'
              | 'E_SCHEMA_MISMATCH'
              | 'E_UNSAFE_KEY'
              | 'E_OUTPUT_TOO_LARGE'
              | 'E_SCHEMA_UNSAFE'
              | 'E_TYPE_INVALID'
              | 'E_TIMEOUT'
              | 'E_MEMORY'
              | 'E_CRASHED'
              | 'E_POISON'
              | 'E_ENGINE'
              | 'E_BAD_REQUEST'
              | 'E_AUTH'
              | 'E_FORBIDDEN'
              | 'E_NOT_FOUND'
              | 'E_NOT_READY'
              | 'E_IDEMPOTENCY_CONFLICT'
              | 'E_CONFLICT'
              | 'E_URL_BLOCKED'
              | 'E_BUSY'
              | 'E_DAMAGED'
              | 'E_INTERNAL'
              | 'E_QUEUE_DOWN'
              | 'E_STORAGE'
            message: string
            retryable: boolean
          }
        }[]
        error: {
          /** @enum {string} */
          code:
            | 'E_NOT_IMAGE'
            | 'E_UNSUPPORTED_TYPE'
            | 'E_CORRUPT'
            | 'E_PDF_ENCRYPTED'
            | 'E_TOO_SMALL'
            | 'E_TOO_MANY_PIXELS'
            | 'E_TOO_MANY_PAGES'
            | 'E_FILE_TOO_LARGE'
            | 'E_NOT_READABLE'
            | 'E_NO_TEXT'
            | 'E_LOW_CONFIDENCE'
            | 'E_SCHEMA_MISMATCH'
            | 'E_UNSAFE_KEY'
            | 'E_OUTPUT_TOO_LARGE'
            | 'E_SCHEMA_UNSAFE'
            | 'E_TYPE_INVALID'
            | 'E_TIMEOUT'
            | 'E_MEMORY'
            | 'E_CRASHED'
            | 'E_POISON'
            | 'E_ENGINE'
            | 'E_BAD_REQUEST'
            | 'E_AUTH'
            | 'E_FORBIDDEN'
            | 'E_NOT_FOUND'
            | 'E_NOT_READY'
            | 'E_IDEMPOTENCY_CONFLICT'
            | 'E_CONFLICT'
            | 'E_URL_BLOCKED'
            | 'E_BUSY'
            | 'E_DAMAGED'
            | 'E_INTERNAL'
            | 'E_QUEUE_DOWN'
            | 'E_STORAGE'
          message: string
          retryable: boolean
        } | null
        ms: number
        rejection?: {
          reason: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
          note: string | null
        }
        submission?: {
          batch: string
          name: string | null
          reference: string | null
          metadata: {
            [key: string]: unknown
          } | null
        }
        part?: {
          index: number
          of: number
          pages: [number, ...number[]]
          region: [number, number, number, number] | null
          probability: number
        }
        parts?: {
          index: number
          of: number
          pages: [number, ...number[]]
          region: [number, number, number, number] | null
          probability: number
        }[]
        told?: {
          probability: number
          others: {
            name: string
            probability: number
          }[]
        }
      }
      /** @description fields that ask for a look, the most doubtful first */
      uncertain: string[]
      form: components['schemas']['FormField'][]
      corrections: components['schemas']['Correction'][]
      /** @description what people decided about it, the oldest first */
      decisions: components['schemas']['Decision'][]
      /** @description how many corrections were recorded so far: E_CONFLICT where there are others by now */
      revision: number
      pages: {
        page: number
        /** @description pixels of the picture that is served */
        width: number
        height: number
      }[]
    }
    Document: {
      job: components['schemas']['Job']
      row: {
        /** @constant */
        version: 1
        file: string
        documentType: string
        /** @enum {string} */
        route: 'direct' | 'modular' | 'both' | 'auto'
        reason: string
        /** @enum {string} */
        verdict: 'accepted' | 'needs_review' | 'failed'
        data: unknown
        fields: {
          [key: string]: {
            value: string | number | boolean | null
            text: string | null
            confidence: number
            source: {
              page: number
              box: [number, number, number, number]
              text: string
            } | null
            certified: boolean
            /** @enum {string} */
            path: 'direct' | 'modular' | 'embedded'
            /** @default null */
            grounded: boolean | null
            alternatives: {
              /** @enum {string} */
              path: 'direct' | 'modular' | 'embedded'
              value: string | number | boolean | null
              text: string | null
              confidence: number
            }[]
          }
        }
        flags: {
          code: string
          field: string | null
          readonly fields?: string[]
          message: string
        }[]
        attempts: {
          /** @enum {string} */
          path: 'direct' | 'modular' | 'embedded'
          model: string
          score: number | null
          ms: number
          error?: {
            /** @enum {string} */
            code:
              | 'E_NOT_IMAGE'
              | 'E_UNSUPPORTED_TYPE'
              | 'E_CORRUPT'
              | 'E_PDF_ENCRYPTED'
              | 'E_TOO_SMALL'
              | 'E_TOO_MANY_PIXELS'
              | 'E_TOO_MANY_PAGES'
              | 'E_FILE_TOO_LARGE'
              | 'E_NOT_READABLE'
              | 'E_NO_TEXT'
              | 'E_LOW_CONFIDENCE'
              | 'E_SCHEMA_MISMATCH'
              | 'E_UNSAFE_KEY'
              | 'E_OUTPUT_TOO_LARGE'
              | 'E_SCHEMA_UNSAFE'
              | 'E_TYPE_INVALID'
              | 'E_TIMEOUT'
              | 'E_MEMORY'
              | 'E_CRASHED'
              | 'E_POISON'
              | 'E_ENGINE'
              | 'E_BAD_REQUEST'
              | 'E_AUTH'
              | 'E_FORBIDDEN'
              | 'E_NOT_FOUND'
              | 'E_NOT_READY'
              | 'E_IDEMPOTENCY_CONFLICT'
              | 'E_CONFLICT'
              | 'E_URL_BLOCKED'
              | 'E_BUSY'
              | 'E_DAMAGED'
              | 'E_INTERNAL'
              | 'E_QUEUE_DOWN'
              | 'E_STORAGE'
            message: string
            retryable: boolean
          }
        }[]
        error: {
          /** @enum {string} */
          code:
            | 'E_NOT_IMAGE'
            | 'E_UNSUPPORTED_TYPE'
            | 'E_CORRUPT'
            | 'E_PDF_ENCRYPTED'
            | 'E_TOO_SMALL'
            | 'E_TOO_MANY_PIXELS'
            | 'E_TOO_MANY_PAGES'
            | 'E_FILE_TOO_LARGE'
            | 'E_NOT_READABLE'
            | 'E_NO_TEXT'
            | 'E_LOW_CONFIDENCE'
            | 'E_SCHEMA_MISMATCH'
            | 'E_UNSAFE_KEY'
            | 'E_OUTPUT_TOO_LARGE'
            | 'E_SCHEMA_UNSAFE'
            | 'E_TYPE_INVALID'
            | 'E_TIMEOUT'
            | 'E_MEMORY'
            | 'E_CRASHED'
            | 'E_POISON'
            | 'E_ENGINE'
            | 'E_BAD_REQUEST'
            | 'E_AUTH'
            | 'E_FORBIDDEN'
            | 'E_NOT_FOUND'
            | 'E_NOT_READY'
            | 'E_IDEMPOTENCY_CONFLICT'
            | 'E_CONFLICT'
            | 'E_URL_BLOCKED'
            | 'E_BUSY'
            | 'E_DAMAGED'
            | 'E_INTERNAL'
            | 'E_QUEUE_DOWN'
            | 'E_STORAGE'
          message: string
          retryable: boolean
        } | null
        ms: number
        rejection?: {
          reason: ('illegible' | 'incomplete' | 'duplicate' | 'wrong_type' | 'not_ours' | 'other') | null
          note: string | null
        }
        submission?: {
          batch: string
          name: string | null
          reference: string | null
          metadata: {
            [key: string]: unknown
          } | null
        }
        part?: {
          index: number
          of: number
          pages: [number, ...number[]]
          region: [number, number, number, number] | null
          probability: number
        }
        parts?: {
          index: number
          of: number
          pages: [number, ...number[]]
          region: [number, number, number, number] | null
          probability: number
        }[]
        told?: {
          probability: number
          others: {
            name: string
            probability: number
          }[]
        }
      } | null
      /** @description fields that ask for a look, the most doubtful first */
      uncertain: string[]
      form: components['schemas']['FormField'][]
      corrections: components['schemas']['Correction'][]
      /** @description what people decided about it, the oldest first */
      decisions: components['schemas']['Decision'][]
      /** @description how many corrections were recorded so far: E_CONFLICT where there are others by now */
      revision: number
      pages: {
        page: number
        /** @description pixels of the picture that is served */
        width: number
        height: number
      }[]
    }
    Waiting: {
      job: components['schemas']['Job']
      flags: {
        code: string
        field: string | null
        readonly fields?: string[]
        message: string
      }[]
      documentType: string
      urgency: number
    }
    ReviewQueue: {
      items: components['schemas']['Waiting'][]
      total: number
    }
    NextReview: {
      job: components['schemas']['Job'] | null
      waiting: number
    }
    Checked: {
      /** @description what is wrong with the data as it would be */
      problem: string | null
      flags: {
        code: string
        field: string | null
        readonly fields?: string[]
        message: string
      }[]
    }
    ReadRegion: {
      text: string
      value: string | number | boolean | null
    }
    DocumentType: {
      name: string
      /** @description whether Parallax comes with it */
      builtIn: boolean
      /** @description the version in use, from 1; null for a built-in type */
      version: number | null
      jsonSchema: {
        [key: string]: unknown
      }
    }
    DocumentTypes: {
      items: components['schemas']['DocumentType'][]
    }
    TriedField: {
      pointer: string
      /** @description in which words it is asked for, the first of which count most */
      asked: string[]
      value: string | number | boolean | null
      /** @description as printed */
      text: string | null
      /** @description 0 to 1; no probability that it is right */
      confidence: number
      page: number | null
      /** @description what stands by the value; null where nothing does */
      caption: string | null
      /** @description the next likely value */
      second: {
        value: string | number | boolean | null
        confidence: number
        caption: string | null
      } | null
      /** @description captions of the page that lead to a value once they stand in x-captions */
      hints: string[]
    }
    TypeTrial: {
      items: components['schemas']['TriedField'][]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  getHealth: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Health']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getReadiness: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Readiness']
        }
      }
      /** @description Default Response */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Readiness']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getSession: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Session']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  signIn: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['SignIn']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Session']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  signOut: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listBatches: {
    parameters: {
      query?: {
        limit?: number
        /** @description `next` of the part before */
        after?: string
        /** @description text in the name, reference or metadata of a batch, or in the name of one of its files */
        search?: string
        /** @description only batches with a document in this state */
        status?:
          | 'queued'
          | 'running'
          | 'reprocessing'
          | 'accepted'
          | 'needs_review'
          | 'reviewed'
          | 'rejected'
          | 'failed'
          | 'quarantined'
          | 'cancelled'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Batches']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  submitBatch: {
    parameters: {
      query?: never
      header?: {
        /** @description the same request under the same key is answered again and submitted once */
        'idempotency-key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'multipart/form-data': components['schemas']['Submission']
      }
    }
    responses: {
      /** @description Default Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AcceptedBatch']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getBatch: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Batch']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteBatch: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone, and all that came of it. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getBatchReport: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/html': string
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  watchBatch: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Events. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/event-stream': string
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listJobs: {
    parameters: {
      query?: {
        limit?: number
        /** @description `next` of the part before */
        after?: string
        batch?: string
        status?:
          | 'queued'
          | 'running'
          | 'reprocessing'
          | 'accepted'
          | 'needs_review'
          | 'reviewed'
          | 'rejected'
          | 'failed'
          | 'quarantined'
          | 'cancelled'
        /** @description text in the name of the file */
        search?: string
        /** @description whether a few values of each are told */
        summary?: 'true' | 'false'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Jobs']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getJob: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteJob: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone, and all that came of it. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getResult: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Row']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  retryJob: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  cancelJob: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getPage: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
        page: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The page. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'image/jpeg': string
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  extract: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'multipart/form-data': components['schemas']['Extraction']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Row']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getLimits: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Limits']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listTypes: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DocumentTypes']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getType: {
    parameters: {
      query?: never
      header?: {
        'if-none-match'?: string
      }
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DocumentType']
        }
      }
      /** @description It is the one that is known. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  putType: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    /** @description a JSON Schema (draft 2020-12) whose root is an object with properties */
    requestBody: {
      content: {
        'application/json': {
          [key: string]: unknown
        }
      }
    }
    responses: {
      /** @description The version in use says the same. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DocumentType']
        }
      }
      /** @description It is a new version. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DocumentType']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteType: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description New documents cannot be of this type. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  tryType: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'multipart/form-data': components['schemas']['SchemaTrial']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TypeTrial']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listReview: {
    parameters: {
      query?: {
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ReviewQueue']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  nextReview: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NextRequest']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NextReview']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getReview: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Review']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  checkReview: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['TriedChanges']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Checked']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  correctReview: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Changes']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Review']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  readRegion: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Region']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ReadRegion']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  acceptReview: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['EndRequest'] | null
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  rejectReview: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RejectRequest'] | null
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  reopenReview: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getDocument: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Document']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  skipReview: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  exportRows: {
    parameters: {
      query?: {
        format?: 'jsonl' | 'csv' | 'xlsx'
        /** @description a line of a table for each; by default a document */
        per?: 'document' | 'item'
        /** @description whether CSV begins with a byte order mark, without which some spreadsheets take UTF-8 for Latin-1 */
        bom?: 'true' | 'false'
        /** @description the columns of a table, by the name of a file in the folder `columns` of the data folder */
        columns?: string
        batch?: string
        /** @description of the documents; without it all but cancelled ones */
        status?:
          | 'queued'
          | 'running'
          | 'reprocessing'
          | 'accepted'
          | 'needs_review'
          | 'reviewed'
          | 'rejected'
          | 'failed'
          | 'quarantined'
          | 'cancelled'
        /** @description of the documents; a table is of one type, by default that of the first */
        type?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A stream of rows. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/jsonl': string
          'text/csv': string
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listColumns: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ColumnNames']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  exportPairs: {
    parameters: {
      query?: {
        batch?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A stream of lines. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/jsonl': string
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listCertificates: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Certificates']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  putCertificate: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Certificate']
      }
    }
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NamedCertificate']
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  deleteCertificate: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getMetrics: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Metrics. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/plain': string
        }
      }
      /** @description Why not. */
      '4XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description Why not. */
      '5XX': {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  batchFinished: {
    parameters: {
      query?: never
      header: {
        /** @description the same for every try */
        'webhook-id': string
        /** @description seconds since 1970 */
        'webhook-timestamp': string
        /** @description as Standard Webhooks say: v1, and a signature in Base64 */
        'webhook-signature': string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['BatchFinished']
      }
    }
    responses: {
      /** @description It has arrived; anything else is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}
