/** For what may not be there: null for a file or folder that is missing; any other failure is thrown on. */
export function nullIfMissing(error: unknown): null {
  const { code } = error as { readonly code?: unknown }
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  throw error
}
