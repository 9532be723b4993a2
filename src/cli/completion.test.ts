import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkplace } from './command.case.ts'
import { completionScripts, type Shell } from './completion-scripts.ts'
import { completionWords } from './completion-words.ts'
import { createProgram } from './program.ts'

let folder: string
const fileOf = (shell: Shell): string => join(folder, `completion.${shell}`)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parallax-completion-'))
  const words = completionWords(await createProgram())
  for (const shell of Object.keys(completionScripts) as Shell[])
    writeFileSync(fileOf(shell), completionScripts[shell](words))
})
afterAll(() => rmSync(folder, { recursive: true }))

const has = (shell: Shell): boolean => spawnSync(shell, ['-c', 'true']).status === 0

/** What a shell proposes for the last of these words. */
const proposals: Readonly<Record<'bash' | 'fish', (words: readonly string[]) => readonly string[]>> = {
  bash(words) {
    const line = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _parallax; printf '%s\\n' "\${COMPREPLY[@]}"`
    const args = ['--norc', '-c', line, 'bash', fileOf('bash'), ...words]
    return execFileSync('bash', args, { encoding: 'utf8' })
      .split('\n')
      .filter((word) => word !== '')
  },
  fish(words) {
    const line = `source $argv[1]; complete -C $argv[2] | string split -f 1 \\t`
    const args = ['--no-config', '-c', line, fileOf('fish'), words.join(' ')]
    return execFileSync('fish', args, { encoding: 'utf8', cwd: folder })
      .split('\n')
      .filter((word) => word !== '')
  },
}

describe.each(['bash', 'fish'] as const)('%s', (shell) => {
  test.skipIf(!has(shell)).each([
    [
      ['parallax', 'ba'],
      ['backup', 'batch'],
    ],
    [['parallax', 'jobs', 're'], ['retry']],
    [['parallax', 'jobs', 'list', '--st'], ['--status']],
    [
      ['parallax', 'extract', '--format', 'js'],
      ['json', 'jsonl'],
    ],
    [['parallax', 'extract', 'scan.png', '--ro'], ['--route']],
    [['parallax', 'completion', '--he'], ['--help']],
  ])('%j is completed', (words, expected) => {
    expect([...proposals[shell](words)].sort()).toEqual(expected)
  })
})

test.skipIf(!has('zsh'))('zsh takes its script', () => {
  const line = `source "$1" && print -r -- "$_comps[parallax]"`
  const args = ['--no-rcs', '-c', line, 'zsh', fileOf('zsh')]
  expect(execFileSync('zsh', args, { encoding: 'utf8', env: { ...process.env, HOME: folder } })).toContain(
    '_parallax',
  )
})

test.each(['bash', 'zsh', 'fish'] as const)('the script for %s speaks of every command', async (shell) => {
  const script = completionScripts[shell](completionWords(await createProgram()))
  for (const { name } of completionWords(await createProgram())[0]!.commands) expect(script).toContain(name)
})

test('the command prints it, with the words of all commands', async () => {
  await using place = await openWorkplace()
  const { code, stdout, stderr } = await place.run(['completion', 'bash'])
  expect([code, stderr, stdout]).toEqual([0, '', readFileSync(fileOf('bash'), 'utf8')])
  expect((await place.run(['completion', 'tcsh'])).code).toBe(2)
})
