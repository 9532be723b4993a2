import { extname, isAbsolute } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { classifierInUse } from '../classifying/open-classifier.ts'
import { readConfig } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { builtInTypes } from '../document-types/built-in-types.ts'
import { nameOfFile } from '../document-types/load.ts'
import { openTypeFolder, schemaOf } from '../document-types/type-folder.ts'
import { searchModelsIn } from '../onnx/model-folder.ts'
import { expandInputs } from '../service/files/inputs.ts'
import { readInput } from '../service/files/intake.ts'
import { describe } from '../service/types/describe.ts'
import { keepType, removeType } from '../service/types/keep-type.ts'
import { learnType } from '../service/types/learn-type.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, ocrOption } from './options.ts'
import { pc } from './colors.ts'
import { plainTable } from './field-table.ts'
import { plural, printable } from './text.ts'

async function list(): Promise<void> {
  const builtIn = Object.keys(await builtInTypes())
  const table = plainTable(['type', 'version', ''])
  for (const name of builtIn) table.push([name, 'built in', ''])
  for (const kept of await openTypeFolder(readConfig().home).list()) {
    const { ref, version } = kept
    const state = schemaOf(kept) === null ? pc.yellow('damaged: add its schema again') : ''
    const hidden = builtIn.includes(ref.name) ? pc.yellow('hidden by the built-in type') : ''
    table.push([ref.name, String(version), hidden || state])
  }
  process.stdout.write(`${table.toString()}\n`)
}

async function readSchema(file: string): Promise<string> {
  if (extname(file) !== '.json')
    throw new ParallaxError('E_BAD_REQUEST', 'A type that is kept is a JSON Schema, in a file of .json.')
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new ParallaxError('E_TYPE_INVALID', `There is no readable type file ${file}.`, { cause })
  }
}

async function add(file: string, { name = nameOfFile(file) }: { readonly name?: string }): Promise<void> {
  const config = { ...readConfig(), concurrency: 1 }
  const text = await readSchema(file)
  await using extraction = openExtraction(config)
  const { kept, isNew } = await keepType(extraction.reader.run, openTypeFolder(config.home), name, text)
  const said = isNew ? `in use from now on, as version ${kept.version}` : `version ${kept.version} already`
  process.stdout.write(`${printable(file)} is ${said}: --type ${name}\n`)
}

async function remove(name: string): Promise<void> {
  await removeType(openTypeFolder(readConfig().home), name)
  process.stdout.write(`${name} is offered no longer; what was read by it can still be looked at.\n`)
}

interface LearnOptions {
  readonly ocr?: string
}

/** What a type goes by from any folder: a file with its whole path. */
const specOf = (type: { readonly name: string; readonly file: string | null }, given: string): string =>
  type.file !== null && isAbsolute(type.file) ? type.file : given

async function learn(spec: string, inputs: readonly string[], options: LearnOptions): Promise<void> {
  using interrupt = onInterrupt('Interrupted: nothing was learnt.')
  const { signal } = interrupt
  const config = configFor(options)
  const { ocr, pageMs, concurrency, ownModels: models } = config
  const { files } = await expandInputs(inputs, process.cwd())
  await using extraction = openExtraction(config)
  const { run } = extraction.reader
  const { type } = await describe(run, { spec, cwd: process.cwd(), ocr }, signal)
  searchModelsIn(models)
  const known = await classifierInUse()()
  const documents = await Promise.all(files.map(readInput))
  await learnType(
    { ...{ run, ocr, pageMs, concurrency, models, known, signal } },
    { name: type.name, spec: specOf(type, spec), documents },
  )
  process.stdout.write(
    `From now on --type auto knows "${printable(type.name)}", by ${plural(files.length, 'document')}.\n`,
  )
}

export function typesCommand(program: Command): void {
  const types = program.command('types').description('document types that go by a name')
  types.command('list').description('all types, and the version in use of those kept here').action(list)
  types
    .command('add <file>')
    .description('keep a JSON Schema as a type, or as the next version of one')
    .option('--name <name>', 'what to call it (default: the name of the file)')
    .action(add)
  types
    .command('learn <type> <inputs...>')
    .description('have --type auto tell documents of a type of your own, from at least three of them')
    .option(...ocrOption)
    .action(learn)
  types
    .command('remove <name>')
    .description('offer a type no longer; what was read by it stays')
    .action(remove)
}
