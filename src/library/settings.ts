import { z } from 'zod'
import { readConfig, toEnvironment, type Config } from '../config.ts'
import { acceptanceSchema } from '../core/acceptance.ts'
import { ParallaxError } from '../core/errors.ts'
import { splitSchema } from '../core/part.ts'
import type { Settings } from './api.ts'

const text = z.string().trim().min(1)

const settingsSchema = z
  .strictObject({
    home: text,
    ocr: text,
    vlm: text,
    vlmUrl: z.url({ protocol: /^https?$/ }),
    vlmKey: text,
    vlmSeconds: z.int().min(1).max(3600),
    concurrency: z.int().min(1).max(256),
    split: splitSchema,
    pageSeconds: z.int().min(1).max(3600),
    documentSeconds: z.int().min(1).max(86_400),
    memoryMb: z.int().min(256),
    templates: text,
    models: text,
    accept: acceptanceSchema,
    certificate: text,
  })
  .partial()

const variables = {
  home: 'PARALLAX_HOME',
  ocr: 'PARALLAX_OCR',
  vlm: 'PARALLAX_VLM',
  vlmUrl: 'PARALLAX_VLM_URL',
  vlmKey: 'PARALLAX_VLM_KEY',
  vlmSeconds: 'PARALLAX_VLM_SECONDS',
  concurrency: 'PARALLAX_CONCURRENCY',
  split: 'PARALLAX_SPLIT',
  pageSeconds: 'PARALLAX_PAGE_SECONDS',
  documentSeconds: 'PARALLAX_DOCUMENT_SECONDS',
  memoryMb: 'PARALLAX_MEMORY_MB',
  templates: 'PARALLAX_TEMPLATES',
  models: 'PARALLAX_MODELS',
  accept: 'PARALLAX_ACCEPT',
} as const satisfies Record<Exclude<keyof Settings, 'certificate'>, string>

/** The configuration of the environment with settings before it; E_BAD_REQUEST names a setting that cannot be used. */
export function configOf(settings: Settings): Config {
  const parsed = settingsSchema.safeParse(settings)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    const which = path.length === 0 ? 'The settings' : `The setting ${path.join('.')}`
    throw new ParallaxError('E_BAD_REQUEST', `${which} cannot be used: ${message}.`)
  }
  const set = Object.entries(variables).flatMap(([name, variable]) => {
    const value = parsed.data[name as keyof typeof variables]
    return value === undefined ? [] : [[variable, String(value)] as const]
  })
  return readConfig({ ...toEnvironment(readConfig()), ...Object.fromEntries(set) })
}
