import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPages, root } from './pages.case.ts'

const fences = (await readPages()).flatMap((page) => page.fences).filter(({ language }) => language === 'ts')

/** An example that begins with the name of its file has it; others import it by that. */
const nameOf = (text: string, n: number): string =>
  /^\/\/ ([\w-]+\.ts)\b/.exec(text)?.[1] ?? `example-${n}.ts`

let folder: string
let files: readonly string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-examples-'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await mkdir(join(folder, 'node_modules'))
  await symlink(join(root, 'node_modules/zod'), join(folder, 'node_modules/zod'))
  files = fences.map(({ text }, n) => join(folder, nameOf(text, n)))
  for (const [n, { text }] of fences.entries()) await writeFile(files[n]!, text)
})
afterAll(() => rm(folder, { recursive: true }))

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  paths: {
    parallax: [join(root, 'dist/src/index.d.ts')],
    'parallax/client': [join(root, 'dist/src/client/client.d.ts')],
  },
}

const withPlace = ({ file, start, messageText }: ts.Diagnostic): string => {
  const page = fences[files.indexOf(file?.fileName ?? '')]?.page ?? file?.fileName ?? ''
  const line = file && start !== undefined ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : 0
  return `${page}, line ${line} of the example: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
}

test('there are examples in TypeScript, each a file of its own', () => {
  expect(fences.length).toBeGreaterThan(3)
  expect(new Set(files).size).toBe(fences.length)
})

/** Reads each file once for all programs. */
function sharedHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const known = new Map<string, ts.SourceFile | undefined>()
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, how) => {
    if (!known.has(name)) known.set(name, read(name, how))
    return known.get(name)
  }
  return host
}

const host = sharedHost()

test.each([true, false])(
  'the examples fit the types of the package, exactOptionalPropertyTypes: %s',
  (exactOptionalPropertyTypes) => {
    const program = ts.createProgram(files, { ...options, exactOptionalPropertyTypes }, host)
    const found = program
      .getSourceFiles()
      .filter(({ fileName }) => files.includes(fileName))
      .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    expect([...program.getOptionsDiagnostics(), ...found].map(withPlace)).toEqual([])
  },
)
