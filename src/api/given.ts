type Given<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> }

/** Options without those that were left out. */
export const given = <T extends object>(options: T): Partial<Given<T>> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Given<T>>
