import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError, type Command } from 'commander'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { createProgram } from '../../src/cli/program.ts'
import { parseVendorTemplate } from '../../src/templating/vendor/parse.ts'
import { codeSpans, readPages, root } from './pages.case.ts'

const pages = (await readPages()).filter(({ path }) => !path.startsWith('docs/decisions/'))
const fences = pages.flatMap((page) => page.fences)
const inLanguage = (language: string) =>
  fences.filter((fence) => fence.language === language).map(({ page, text }) => [page, text] as const)

test('there are examples', () => {
  for (const language of ['ts', 'sh', 'json', 'yaml']) expect(inLanguage(language)).not.toEqual([])
})

test.each(inLanguage('json'))('%s shows JSON', (_, text) => {
  expect(JSON.parse(text)).toBeTypeOf('object')
})

test.each(inLanguage('yaml'))('%s shows YAML', (_, text) => {
  const errors = [parseAllDocuments(text)].flat().flatMap((document) => document.errors)
  expect(errors).toEqual([])
})

/** A part of a template stands on its page without what every template begins with. */
const whole = (text: string): string =>
  text.startsWith('vendor:') ? text : `vendor: Somebody\ntype: receipt\nmatch: [Somebody]\n${text}`

test.each(inLanguage('yaml').filter(([page]) => page === 'docs/vendor-templates.md'))(
  '%s shows a template that can be used',
  (page, text) => {
    expect(Object.keys(parseVendorTemplate(whole(text), 'shown', page).fields)).not.toEqual([])
  },
)

/** The commands of an example of the shell: a line each, without comments, words as the shell parts them. */
const commandsIn = (text: string): readonly (readonly string[])[] =>
  text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => (line.match(/#.*$|"[^"]*"|'[^']*'|\S+/g) ?? []).filter((word) => !word.startsWith('#')))
    .filter((words) => words.length > 0)
    .map((words) => words.map((word) => word.replaceAll(/^["']|["']$/g, '')))

function doNothing(command: Command): void {
  command.configureOutput({ writeOut: () => {}, writeErr: () => {} })
  if (command.commands.length === 0) command.action(() => {})
  else command.commands.forEach(doNothing)
}

/** What is wrong with a call of the command line; null where it can be parsed, or shows help. */
async function faultOf(words: readonly string[]): Promise<CommanderError | null> {
  const program = await createProgram()
  doNothing(program)
  try {
    program.parse(words, { from: 'user' })
    return null
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? null : error
  }
}

const callsIn = (text: string, name: string): readonly (readonly string[])[] =>
  commandsIn(text)
    .filter(([program]) => program === name)
    .map(([, ...words]) => words)

const shown = inLanguage('sh').flatMap(([page, text]) =>
  callsIn(text, 'parallax').map((words) => [page, words.join(' '), words] as const),
)

test.each(shown)('%s: parallax %s', async (_, __, words) => {
  expect((await faultOf(words))?.message).toBeUndefined()
})

const mentioned = pages.flatMap((page) =>
  codeSpans(page)
    .flatMap((code) => callsIn(code, 'parallax'))
    .filter((words) => words.length > 0)
    .map((words) => [page.path, words.join(' '), words] as const),
)

/** In running text a command may be named without all that it needs. */
const isBrief = ({ code }: CommanderError): boolean =>
  ['commander.missingArgument', 'commander.missingMandatoryOptionValue', 'commander.help'].includes(code)

test.each(mentioned)('%s names parallax %s', async (_, __, words) => {
  const fault = await faultOf(words)
  expect(fault && !isBrief(fault) ? fault.message : undefined).toBeUndefined()
})

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}

/** What `npm run` is given: the script, and the words for it. */
function scriptOf([run, ...words]: readonly string[]): readonly string[] {
  return run === 'run' ? words.filter((word) => !word.startsWith('-')) : []
}

const runs = pages.flatMap((page) =>
  [...page.fences.filter(({ language }) => language === 'sh').map(({ text }) => text), ...codeSpans(page)]
    .flatMap((text) => callsIn(text, 'npm'))
    .map(scriptOf)
    .filter(([name]) => name !== undefined)
    .map(([name, first = '']) => [page.path, name!, first] as const),
)

test.each(runs)('%s: npm run %s %s', (_, name, first) => {
  expect(scripts).toHaveProperty([name])
  if (name === 'bench')
    expect(existsSync(join(root, 'bench', `${first === '' ? 'main' : first}.ts`))).toBe(true)
})
