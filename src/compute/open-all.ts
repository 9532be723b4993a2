type Use = <T extends AsyncDisposable>(opened: T) => T

/**
 * What `open` makes, closed together in reverse order of `use`; at once when `open` fails half-way. What cannot be closed
 * keeps nothing else open: the first failure is thrown at the end.
 */
export async function openAll<T extends object>(
  open: (use: Use) => Promise<T>,
): Promise<T & AsyncDisposable> {
  const opened: AsyncDisposable[] = []
  const close = async (): Promise<void> => {
    const failures: unknown[] = []
    for (const one of opened.splice(0).reverse()) {
      await Promise.resolve(one[Symbol.asyncDispose]()).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
  try {
    const made = await open((one) => {
      opened.push(one)
      return one
    })
    return { ...made, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close().catch(() => {}) // Why it could not be opened says more.
    throw error
  }
}
