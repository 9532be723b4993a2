import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { z } from 'zod'
import { acceptanceSchema, type Acceptance } from './core/acceptance.ts'
import { ParallaxError } from './core/errors.ts'
import { splitSchema, type Split } from './core/part.ts'
import type { VlmSettings } from './core/vlm.ts'
import { parseWebhookHosts, type WebhookHosts } from './service/webhooks/callback-hosts.ts'

const optional = z.string().trim().min(1).optional().catch(undefined)

/** A number between these, of a kind; whatever else is given is told what is expected. */
function numberFrom(
  min: number,
  max: number,
  kind = 'number',
  isOfKind: (value: number) => boolean = Number.isFinite,
) {
  const expected = `a ${kind} ${max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`} is expected`
  return z.coerce
    .number(expected)
    .refine((value) => isOfKind(value) && value >= min && value <= max, expected)
}

const whole = (min: number, max = Infinity) => numberFrom(min, max, 'whole number', Number.isInteger)

/** Scheme, host and port, and nothing else. */
const originSchema = z
  .string()
  .trim()
  .transform((text) => text.replace(/\/$/, ''))
  .refine(
    (text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text.toLowerCase(),
    'an address such as https://parallax.example.com is expected',
  )
  .transform((text) => text.toLowerCase())

/** Every variable that is read, with what it means and its default; `docs/configuration.md` lists them. */
export const environmentSchema = z.object({
  PARALLAX_HOME: optional.describe('data folder; default ~/.parallax'),
  PARALLAX_DATABASE_URL: z
    .string()
    .default('sqlite:ledger.sqlite')
    .describe('where the ledger is: sqlite: and a file, or postgres://user:password@host:5432/database'),
  PARALLAX_BLOBS_URL: z
    .string()
    .default('file:blobs')
    .describe('where submitted files are kept: file: and a folder'),
  PARALLAX_REDIS_URL: optional.describe('a Redis to use instead of a private one'),
  PARALLAX_OCR: z.string().default('pp-ocr').describe('OCR engine'),
  PARALLAX_VLM: z
    .string()
    .default('onnx')
    .describe('model of the direct path: onnx, or openai:MODEL for any OpenAI-compatible server'),
  PARALLAX_VLM_URL: optional.describe('where that server answers, up to and with /v1'),
  PARALLAX_VLM_KEY: optional.describe('its key'),
  PARALLAX_VLM_SECONDS: whole(1, 3600).default(120).describe('seconds that its answer may take'),
  PARALLAX_CONCURRENCY: whole(1, 256).optional().describe('documents at a time; default one a core'),
  PARALLAX_SPLIT: splitSchema
    .default('auto')
    .describe('auto: tell the documents of a file apart; never: each file is one document'),
  PARALLAX_PAGE_SECONDS: whole(1, 3600).default(30).describe('seconds a page may take'),
  PARALLAX_DOCUMENT_SECONDS: whole(1, 86_400)
    .default(3600)
    .describe('seconds a document may take, all its pages and paths together'),
  PARALLAX_MEMORY_MB: whole(256).default(2048).describe('megabytes that reading one document may take'),
  PARALLAX_TEMPLATES: optional.describe('folder of vendor templates; default templates in the data folder'),
  PARALLAX_AUDIT: numberFrom(0, 1)
    .default(0)
    .describe('share of accepted documents that a person sees all the same'),
  PARALLAX_ACCEPT: acceptanceSchema
    .default('calibrated')
    .describe('what may be accepted unseen: calibrated, or also what nobody has measured (uncalibrated)'),
  PARALLAX_MODELS: optional.describe('folder of models, looked at before those that ship'),
  PARALLAX_PYTHON: optional.describe(
    'Python that has what `parallax train` needs; default that of training/ in the data folder',
  ),
  PARALLAX_HOST: optional.describe('address that the service listens at; default 127.0.0.1'),
  PARALLAX_PORT: whole(0, 65_535).default(7272).describe('port that the service listens at'),
  PARALLAX_ORIGIN: originSchema
    .optional()
    .describe('address under which a proxy shows the service, such as https://parallax.example.com'),
  PARALLAX_MAX_QUEUED: whole(1).default(20_000).describe('documents that may wait to be read'),
  PARALLAX_MAX_QUEUED_TENANT: whole(1)
    .optional()
    .describe('of those, documents of one tenant; default half of them'),
  PARALLAX_MAX_FILE_MB: whole(1, 100).default(20).describe('megabytes that a submitted file may have'),
  PARALLAX_RATE: whole(1).default(6000).describe('requests a minute that a key may make'),
  PARALLAX_WEBHOOK_HOSTS: z
    .string()
    .default('')
    .describe('hosts that the service may call back, as host or host:port, separated by commas'),
  PARALLAX_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^(whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/,
      'base64 of at least 24 bytes is expected, such as `openssl rand -base64 32` prints',
    )
    .optional()
    .describe('what callbacks are signed with'),
  PARALLAX_KEEP_DAYS: whole(1).optional().describe('days after which ended documents are deleted'),
  USER: optional.describe('who reviews'),
  PARALLAX_DATA: optional.describe('labelled documents for the benchmarks'),
})

type Environment = z.infer<typeof environmentSchema>

/** What only the service needs. */
export interface ServiceConfig {
  readonly host: string
  readonly port: number
  /** Where browsers find it; null where no proxy stands before it. */
  readonly origin: string | null
  /** Documents of all tenants that may wait to be read. */
  readonly maxQueued: number
  /** Of those, documents of one tenant. */
  readonly maxQueuedEach: number
  readonly maxFileBytes: number
  readonly requestsPerMinute: number
  /** Whom the service may call back, and what it signs that with; null for nobody. */
  readonly webhooks: { readonly hosts: WebhookHosts; readonly secret: string } | null
  /** Days after which ended documents are deleted; null for never. */
  readonly keepDays: number | null
}

export interface Config {
  readonly home: string
  /** Where the ledger is, and the submitted files; see `src/stores/open-ledger.ts` and `open-blobs.ts`. */
  readonly databaseUrl: string
  readonly blobsUrl: string
  readonly redisUrl: string | undefined
  readonly ocr: string
  readonly vlm: VlmSettings
  readonly concurrency: number
  /** Whether a file may hold several documents. */
  readonly split: Split
  readonly pageMs: number
  /** All pages and paths together. */
  readonly documentMs: number
  readonly memoryMb: number
  /** Where vendor templates lie; only a folder that was asked for must exist. */
  readonly templates: { readonly folder: string; readonly required: boolean }
  /** Share of accepted documents that are drawn at random for a person to see, 0 to 1. */
  readonly auditShare: number
  /** What may be accepted unseen. */
  readonly accept: Acceptance
  /** Folder of models that come before those that ship. */
  readonly models: string | undefined
  /** Folder of models that were trained here, for a type each. */
  readonly ownModels: string
  /** Python that has what training needs; by default that of the environment in the data folder. */
  readonly python: string | undefined
  readonly user: string
  readonly service: ServiceConfig
  readonly benchData: string | undefined
  /** What children are started with. */
  readonly childEnv: Readonly<Record<string, string>>
}

/** What a child needs to find programs and temporary space, and the threads it may use. */
function childEnvironment(env: NodeJS.ProcessEnv, home: string): Record<string, string> {
  const passed = [
    'PATH',
    'HOME',
    'TMPDIR',
    'LANG',
    'LC_ALL',
    'TESSDATA_PREFIX',
    'NODE_EXTRA_CA_CERTS',
    'PARALLAX_MODELS',
  ]
  const kept = passed.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
  const own = { PARALLAX_HOME: home, OMP_THREAD_LIMIT: '1', ORT_DISABLE_TELEMETRY: '1' }
  return { ...Object.fromEntries(kept), ...own }
}

function webhooksOf({
  PARALLAX_WEBHOOK_HOSTS: list,
  PARALLAX_WEBHOOK_SECRET: secret,
}: Environment): ServiceConfig['webhooks'] {
  const hosts = parseWebhookHosts(list)
  if (hosts.size === 0) return null
  if (secret !== undefined) return { hosts, secret }
  throw new ParallaxError(
    'E_BAD_REQUEST',
    'PARALLAX_WEBHOOK_HOSTS needs PARALLAX_WEBHOOK_SECRET to sign with.',
  )
}

const serviceConfig = (values: Environment): ServiceConfig => ({
  host: values.PARALLAX_HOST ?? '127.0.0.1',
  port: values.PARALLAX_PORT,
  origin: values.PARALLAX_ORIGIN ?? null,
  maxQueued: values.PARALLAX_MAX_QUEUED,
  maxQueuedEach: values.PARALLAX_MAX_QUEUED_TENANT ?? Math.ceil(values.PARALLAX_MAX_QUEUED / 2),
  maxFileBytes: values.PARALLAX_MAX_FILE_MB * 1e6,
  requestsPerMinute: values.PARALLAX_RATE,
  webhooks: webhooksOf(values),
  keepDays: values.PARALLAX_KEEP_DAYS ?? null,
})

/** Their values are never shown. */
const secrets = /_(KEY|SECRET|URL)$/

/** The variables that say something: one that is set to nothing counts as not set, as a line `PORT=` of a file leaves it. */
const spoken = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))

function parseEnvironment(env: NodeJS.ProcessEnv): Environment {
  const parsed = environmentSchema.safeParse(spoken(env))
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  const name = path.join('.')
  const value = secrets.test(name) ? 'not usable' : JSON.stringify(env[name])
  throw new ParallaxError('E_BAD_REQUEST', `${name} is ${value}: ${message}.`)
}

/** Variables of our name that are not settings of this process: programs that use the client keep their key in one. */
const ofOthers = ['PARALLAX_KEY']

/** So many letters may differ in what is taken for a slip. */
const mostSlips = 4

function misnamed(name: string): string {
  const known = Object.keys(environmentSchema.shape).filter((one) => one.startsWith('PARALLAX_'))
  const nearest = closest(name.toUpperCase(), known)
  const isSlip = distance(name.toUpperCase(), nearest) <= mostSlips
  return `The environment variable ${name} is none of Parallax${isSlip ? `: did you mean ${nearest}?` : ' and is not used.'}`
}

/** A sentence about each variable that looks like a setting and is none. */
export const unknownVariables = (env: NodeJS.ProcessEnv = process.env): readonly string[] =>
  Object.keys(env)
    .filter(
      (name) => /^PARALL?AX_/i.test(name) && !(name in environmentSchema.shape) && !ofOthers.includes(name),
    )
    .map(misnamed)

/**
 * Whether output is to have colours whatever it is written to, as the conventions of no-color.org and force-color.org
 * have it; never on a terminal that calls itself dumb; null where nobody says.
 */
export function colorWish({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv = process.env): boolean | null {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR === undefined || FORCE_COLOR === '') return TERM === 'dumb' ? false : null
  return !['0', 'false'].includes(FORCE_COLOR)
}

/** The settings in force; the only reader of the environment. E_BAD_REQUEST names a variable that cannot be used. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const values = parseEnvironment(env)
  const home = resolve(values.PARALLAX_HOME ?? join(homedir(), '.parallax'))
  const templates = values.PARALLAX_TEMPLATES
  return {
    home,
    databaseUrl: values.PARALLAX_DATABASE_URL.trim(),
    blobsUrl: values.PARALLAX_BLOBS_URL.trim(),
    redisUrl: values.PARALLAX_REDIS_URL,
    ocr: values.PARALLAX_OCR,
    vlm: {
      name: values.PARALLAX_VLM,
      url: values.PARALLAX_VLM_URL,
      key: values.PARALLAX_VLM_KEY,
      timeoutMs: values.PARALLAX_VLM_SECONDS * 1000,
    },
    split: values.PARALLAX_SPLIT,
    concurrency: values.PARALLAX_CONCURRENCY ?? availableParallelism(),
    pageMs: values.PARALLAX_PAGE_SECONDS * 1000,
    documentMs: values.PARALLAX_DOCUMENT_SECONDS * 1000,
    memoryMb: values.PARALLAX_MEMORY_MB,
    templates: { folder: resolve(templates ?? join(home, 'templates')), required: templates !== undefined },
    auditShare: values.PARALLAX_AUDIT,
    accept: values.PARALLAX_ACCEPT,
    models: values.PARALLAX_MODELS,
    ownModels: join(home, 'models'),
    python: values.PARALLAX_PYTHON,
    user: values.USER ?? 'unknown',
    service: serviceConfig(values),
    benchData: values.PARALLAX_DATA,
    childEnv: childEnvironment(env, home),
  }
}

/** The environment in which another process of Parallax reads the same settings. */
export function toEnvironment(config: Config, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    ...env,
    PARALLAX_HOME: config.home,
    PARALLAX_DATABASE_URL: config.databaseUrl,
    PARALLAX_BLOBS_URL: config.blobsUrl,
    ...(config.redisUrl === undefined ? {} : { PARALLAX_REDIS_URL: config.redisUrl }),
    PARALLAX_OCR: config.ocr,
    PARALLAX_VLM: config.vlm.name,
    ...(config.vlm.url === undefined ? {} : { PARALLAX_VLM_URL: config.vlm.url }),
    ...(config.vlm.key === undefined ? {} : { PARALLAX_VLM_KEY: config.vlm.key }),
    PARALLAX_VLM_SECONDS: String(config.vlm.timeoutMs / 1000),
    PARALLAX_CONCURRENCY: String(config.concurrency),
    PARALLAX_SPLIT: config.split,
    PARALLAX_PAGE_SECONDS: String(config.pageMs / 1000),
    PARALLAX_DOCUMENT_SECONDS: String(config.documentMs / 1000),
    PARALLAX_MEMORY_MB: String(config.memoryMb),
    PARALLAX_AUDIT: String(config.auditShare),
    PARALLAX_ACCEPT: config.accept,
    ...(config.templates.required ? { PARALLAX_TEMPLATES: config.templates.folder } : {}),
  }
}
