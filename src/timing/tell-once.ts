/** Passes troubles on, each once until there is another one or it is over. */
export interface Telling<T> {
  tell(trouble: T): void
  over(): void
}

export function tellOnce<T>(pass: (trouble: T) => void): Telling<T> {
  let told = ''
  return {
    tell(trouble) {
      const text = String(trouble)
      if (text !== told) pass(trouble)
      told = text
    },
    over() {
      told = ''
    },
  }
}
