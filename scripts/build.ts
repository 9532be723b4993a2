/** Builds dist/ anew: the sources and the review page. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { buildSources, page } from './build-sources.ts'

const buildPage = (): number =>
  spawnSync('vite', ['build', page], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  }).status ?? 1

rmSync('dist', { recursive: true, force: true })
process.exitCode = buildSources() || buildPage()
