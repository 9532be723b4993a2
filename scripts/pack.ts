/**
 * Makes the package that people install: `npm run pack` writes `parallax-VERSION.tgz` here. It holds the runtime of the
 * networks, so that installing it fetches from the package registry alone, and runs no script that fetches from elsewhere.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { isPacked, packedManifest, runtime, runtimeManifest, type Manifest } from './bundled.ts'

const root = resolve(import.meta.dirname, '..')
const source = join(root, 'node_modules', runtime)

const read = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest
const write = (file: string, manifest: Manifest): void =>
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)

/** Packs a folder; answers the name of the tarball. The project's .npmrc keeps npm from building by itself. */
function pack(folder: string, destination: string): string {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', destination]
  const [made] = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8' })) as {
    filename: string
  }[]
  return made!.filename
}

const stage = mkdtempSync(join(tmpdir(), 'parallax-pack-'))
try {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' })
  const plain = pack(root, stage)
  execFileSync('tar', ['-xzf', plain], { cwd: stage })
  const folder = join(stage, 'package')
  const target = join(folder, 'node_modules', runtime)
  const isWanted = (path: string): boolean => statSync(path).isDirectory() || isPacked(relative(source, path))
  cpSync(source, target, { recursive: true, filter: isWanted })
  cpSync(join(root, 'scripts/onnxruntime-license.txt'), join(target, 'LICENSE'))
  const installed = read(join(source, 'package.json'))
  write(join(target, 'package.json'), runtimeManifest(installed))
  write(join(folder, 'package.json'), packedManifest(read(join(folder, 'package.json')), installed))
  process.stdout.write(`${pack(folder, root)}\n`)
} finally {
  rmSync(stage, { recursive: true, force: true })
}
