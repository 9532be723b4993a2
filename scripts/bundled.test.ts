import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { isPacked, packedManifest, runtimeManifest, type Manifest } from './bundled.ts'

const read = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(new URL(`../${path}`, import.meta.url), 'utf8')) as Manifest

const own = await read('package.json')
const installed = await read('node_modules/onnxruntime-node/package.json')

test('the runtime has a script that would run when it is installed, and none where it is packed', () => {
  expect(installed).toHaveProperty('scripts.postinstall')
  const packed = runtimeManifest(installed)
  expect(packed).not.toHaveProperty('scripts')
  expect(packed).toMatchObject({
    name: 'onnxruntime-node',
    version: installed.version,
    main: installed['main'],
  })
})

test('the package brings the runtime and asks for what it imports, in the same version', () => {
  const packed = packedManifest(own, installed)
  expect(packed).toMatchObject({
    name: own['name'],
    bin: own['bin'],
    bundleDependencies: ['onnxruntime-node'],
  })
  expect(packed.dependencies).toEqual({
    ...own.dependencies,
    'onnxruntime-node': installed.version,
    'onnxruntime-common': installed.dependencies['onnxruntime-common'],
  })
})

test('all that the runtime needs on Linux and macOS is packed, and nothing of other systems', async () => {
  const folder = new URL('../node_modules/onnxruntime-node/', import.meta.url)
  const files = await readdir(folder, { recursive: true })
  const packed = files.filter(isPacked)
  for (const system of ['linux/x64', 'linux/arm64', 'darwin/arm64'])
    expect(packed.some((file) => file.endsWith(`${system}/onnxruntime_binding.node`))).toBe(true)
  expect(packed).toContain(installed['main'])
  expect(packed.filter((file) => /win32|^script/.test(file))).toEqual([])
})
