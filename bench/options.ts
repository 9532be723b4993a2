import { InvalidArgumentError, Option } from 'commander'
import { readConfig, type Config } from '../src/config.ts'

export function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('It must be a whole number from 1.')
}

export const dataOption = (): Option =>
  new Option('--data <dir>', 'labelled documents: sroie-train/ and wildreceipt-dev/ (default: PARALLAX_DATA)')

export const engineOption = (): Option =>
  new Option(
    '--engine <name...>',
    'OCR engines, or direct and auto for these routes (default: all that run here)',
  )

export const concurrencyOption = (): Option =>
  new Option('-j, --concurrency <n>', 'documents at the same time (default: one a core)').argParser(
    wholeNumber,
  )

export const jsonOption = (): Option => new Option('--json <file>', 'also write the figures here')

/** Settings of the environment under those of the command line. */
export function configWith({ concurrency }: { readonly concurrency?: number }): Config {
  const config = readConfig()
  return { ...config, concurrency: concurrency ?? config.concurrency }
}
