/** Memoises the last call: what was made is kept until one of the keys changes. */
export function latest<T>(): (keys: readonly unknown[], make: () => T) => T {
  let kept: { readonly keys: readonly unknown[]; readonly made: T } | undefined
  return (keys, make) => {
    const isSame = kept?.keys.length === keys.length && keys.every((key, i) => key === kept!.keys[i])
    if (!kept || !isSame) kept = { keys, made: make() }
    return kept.made
  }
}
