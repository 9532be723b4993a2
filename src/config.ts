import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { acceptanceSchema, type Acceptance } from './core/acceptance.ts'
import { ParallaxError } from './core/errors.ts'
import type { VlmSettings } from './core/vlm.ts'
import { parseWebhookHosts, type WebhookHosts } from './service/keeping/callback-hosts.ts'

const optional = z.string().trim().min(1).optional().catch(undefined)
const whole = z.coerce.number().int()

const environmentSchema = z.object({
  PARALLAX_HOME: optional.describe('data folder; default ~/.parallax'),
  PARALLAX_REDIS_URL: optional.describe('a Redis to use instead of a private one'),
  PARALLAX_OCR: z.string().default('pp-ocr').describe('OCR engine'),
  PARALLAX_VLM: z
    .string()
    .default('onnx')
    .describe('model of the direct path: onnx, or openai:MODEL for any OpenAI-compatible server'),
  PARALLAX_VLM_URL: optional.describe('where that server answers, up to and with /v1'),
  PARALLAX_VLM_KEY: optional.describe('its key'),
  PARALLAX_VLM_SECONDS: whole.min(1).max(3600).default(120).describe('seconds that its answer may take'),
  PARALLAX_CONCURRENCY: whole.min(1).max(256).optional().describe('documents at a time; default one a core'),
  PARALLAX_PAGE_SECONDS: whole.min(1).max(3600).default(30).describe('seconds a page may take'),
  PARALLAX_MEMORY_MB: whole.min(256).default(2048).describe('megabytes that reading one document may take'),
  PARALLAX_TEMPLATES: optional.describe('folder of vendor templates; default templates in the data folder'),
  PARALLAX_AUDIT: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('share of accepted documents that a person sees all the same'),
  PARALLAX_ACCEPT: acceptanceSchema
    .default('calibrated')
    .describe('what may be accepted unseen: calibrated, or also what nobody has measured (uncalibrated)'),
  PARALLAX_MODELS: optional.describe('folder of models, looked at before those that ship'),
  PARALLAX_HOST: optional.describe('address that the service listens at; default 127.0.0.1'),
  PARALLAX_PORT: whole.min(0).max(65_535).default(7272).describe('port that the service listens at'),
  PARALLAX_MAX_QUEUED: whole.min(1).default(10_000).describe('documents that may wait to be read'),
  PARALLAX_MAX_FILE_MB: whole
    .min(1)
    .max(100)
    .default(20)
    .describe('megabytes that a submitted file may have'),
  PARALLAX_RATE: whole.min(1).default(6000).describe('requests a minute that a key may make'),
  PARALLAX_WEBHOOK_HOSTS: z
    .string()
    .default('')
    .describe('hosts that the service may call back, as host or host:port, separated by commas'),
  PARALLAX_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^(whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/,
      'it is base64 of at least 24 bytes, such as `openssl rand -base64 32` prints',
    )
    .optional()
    .describe('what callbacks are signed with'),
  PARALLAX_KEEP_DAYS: whole.min(1).optional().describe('days after which ended documents are deleted'),
  USER: optional.describe('who reviews'),
  PARALLAX_DATA: optional.describe('labelled documents for the benchmarks'),
})

type Environment = z.infer<typeof environmentSchema>

/** What only the service needs. */
export interface ServiceConfig {
  readonly host: string
  readonly port: number
  /** Documents that may wait to be read. */
  readonly maxQueued: number
  readonly maxFileBytes: number
  readonly requestsPerMinute: number
  /** Whom the service may call back, and what it signs that with; null for nobody. */
  readonly webhooks: { readonly hosts: WebhookHosts; readonly secret: string } | null
  /** Days after which ended documents are deleted; null for never. */
  readonly keepDays: number | null
}

export interface Config {
  readonly home: string
  readonly redisUrl: string | undefined
  readonly ocr: string
  readonly vlm: VlmSettings
  readonly concurrency: number
  readonly pageMs: number
  readonly memoryMb: number
  /** Where vendor templates lie; only a folder that was asked for must exist. */
  readonly templates: { readonly folder: string; readonly required: boolean }
  /** Share of accepted documents that are drawn at random for a person to see, 0 to 1. */
  readonly auditShare: number
  /** What may be accepted unseen. */
  readonly accept: Acceptance
  /** Folder of models that come before those that ship. */
  readonly models: string | undefined
  readonly user: string
  readonly service: ServiceConfig
  readonly benchData: string | undefined
  /** What children are started with. */
  readonly childEnv: Readonly<Record<string, string>>
}

/** What a child needs to find programs and temporary space, and the threads it may use. */
function childEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
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
  return { ...Object.fromEntries(kept), OMP_THREAD_LIMIT: '1', ORT_DISABLE_TELEMETRY: '1' }
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
  maxQueued: values.PARALLAX_MAX_QUEUED,
  maxFileBytes: values.PARALLAX_MAX_FILE_MB * 1e6,
  requestsPerMinute: values.PARALLAX_RATE,
  webhooks: webhooksOf(values),
  keepDays: values.PARALLAX_KEEP_DAYS ?? null,
})

/** The settings in force; the only reader of the environment. E_BAD_REQUEST names a variable that cannot be used. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environmentSchema.safeParse(env)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `The environment variable ${path.join('.')} cannot be used: ${message}.`,
    )
  }
  const values = parsed.data
  const home = resolve(values.PARALLAX_HOME ?? join(homedir(), '.parallax'))
  const templates = values.PARALLAX_TEMPLATES
  return {
    home,
    redisUrl: values.PARALLAX_REDIS_URL,
    ocr: values.PARALLAX_OCR,
    vlm: {
      name: values.PARALLAX_VLM,
      url: values.PARALLAX_VLM_URL,
      key: values.PARALLAX_VLM_KEY,
      timeoutMs: values.PARALLAX_VLM_SECONDS * 1000,
    },
    concurrency: values.PARALLAX_CONCURRENCY ?? availableParallelism(),
    pageMs: values.PARALLAX_PAGE_SECONDS * 1000,
    memoryMb: values.PARALLAX_MEMORY_MB,
    templates: { folder: resolve(templates ?? join(home, 'templates')), required: templates !== undefined },
    auditShare: values.PARALLAX_AUDIT,
    accept: values.PARALLAX_ACCEPT,
    models: values.PARALLAX_MODELS,
    user: values.USER ?? 'unknown',
    service: serviceConfig(values),
    benchData: values.PARALLAX_DATA,
    childEnv: childEnvironment(env),
  }
}

/** The environment in which another process of Parallax reads the same settings. */
export function toEnvironment(config: Config, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    ...env,
    PARALLAX_HOME: config.home,
    ...(config.redisUrl === undefined ? {} : { PARALLAX_REDIS_URL: config.redisUrl }),
    PARALLAX_OCR: config.ocr,
    PARALLAX_VLM: config.vlm.name,
    ...(config.vlm.url === undefined ? {} : { PARALLAX_VLM_URL: config.vlm.url }),
    ...(config.vlm.key === undefined ? {} : { PARALLAX_VLM_KEY: config.vlm.key }),
    PARALLAX_VLM_SECONDS: String(config.vlm.timeoutMs / 1000),
    PARALLAX_CONCURRENCY: String(config.concurrency),
    PARALLAX_PAGE_SECONDS: String(config.pageMs / 1000),
    PARALLAX_MEMORY_MB: String(config.memoryMb),
    PARALLAX_AUDIT: String(config.auditShare),
    PARALLAX_ACCEPT: config.accept,
    ...(config.templates.required ? { PARALLAX_TEMPLATES: config.templates.folder } : {}),
  }
}
