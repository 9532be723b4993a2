/** A package.json, as far as packing changes it. */
export interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

/** The runtime of the networks, whose install script fetches what only graphics cards need, from a host of its own. */
export const runtime = 'onnxruntime-node'

/** Beside it; nothing of it is fetched. */
const common = 'onnxruntime-common'

/** The runtime as it is packed: without its install script, and without the packages that only the script needs. */
export function runtimeManifest({ scripts: _, devDependencies: __, ...manifest }: Manifest): Manifest {
  return { ...manifest, dependencies: {} }
}

/** Our own manifest with the runtime inside the package, and what the runtime imports among our dependencies. */
export function packedManifest(
  { scripts: _, devDependencies: __, ...manifest }: Manifest,
  { version, dependencies }: Manifest,
): Manifest {
  const needed = { [runtime]: version, [common]: dependencies[common]! }
  return {
    ...manifest,
    dependencies: { ...manifest.dependencies, ...needed },
    bundleDependencies: [runtime],
  }
}

/** Whether a file of the runtime is packed: what runs it on the systems that Parallax is for. */
export const isPacked = (path: string): boolean =>
  /^(dist|README\.md)\b|^bin\/napi-v\d+\/(linux|darwin)\//.test(path)
