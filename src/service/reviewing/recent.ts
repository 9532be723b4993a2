/** Keeps the most recently used `size` answers, asked for once however many wait; a failure is not kept. */
export function recent<T>(size: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>()
  return (key, make) => {
    const answer = kept.get(key) ?? make()
    kept.delete(key)
    kept.set(key, answer)
    if (kept.size > size) kept.delete(kept.keys().next().value!)
    answer.catch(() => kept.get(key) === answer && kept.delete(key))
    return answer
  }
}
