import { extname } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { readConfig } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { builtInTypes } from '../document-types/built-in-types.ts'
import { nameOfFile } from '../document-types/load.ts'
import { openTypeFolder, schemaOf } from '../document-types/type-folder.ts'
import { keepType, removeType } from '../service/types/keep-type.ts'
import { pc } from './colors.ts'
import { plainTable } from './field-table.ts'
import { printable } from './text.ts'

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

export function typesCommand(program: Command): void {
  const types = program.command('types').description('document types that go by a name')
  types.command('list').description('all types, and the version in use of those kept here').action(list)
  types
    .command('add <file>')
    .description('keep a JSON Schema as a type, or as the next version of one')
    .option('--name <name>', 'what to call it (default: the name of the file)')
    .action(add)
  types
    .command('remove <name>')
    .description('offer a type no longer; what was read by it stays')
    .action(remove)
}
