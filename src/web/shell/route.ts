import { useSyncExternalStore } from 'react'

/** What the page shows, as the part of its address after #. */
export type Route =
  | { readonly name: 'batches' }
  | { readonly name: 'batch'; readonly id: string }
  | { readonly name: 'queue' }
  | { readonly name: 'review'; readonly id: string }
  | { readonly name: 'document'; readonly id: string }
  | { readonly name: 'metrics' }

export function routeOf(hash: string): Route {
  const [first = '', second] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded)
  if (first === 'batches' && second) return { name: 'batch', id: second }
  if (first === 'documents' && second) return { name: 'document', id: second }
  if (first === 'review') return second ? { name: 'review', id: second } : { name: 'queue' }
  return first === 'metrics' ? { name: 'metrics' } : { name: 'batches' }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}

export function hrefOf(route: Route): string {
  if (route.name === 'batch') return `#/batches/${encodeURIComponent(route.id)}`
  if (route.name === 'document') return `#/documents/${encodeURIComponent(route.id)}`
  if (route.name === 'review') return `#/review/${encodeURIComponent(route.id)}`
  return route.name === 'queue' ? '#/review' : `#/${route.name}`
}

export const go = (route: Route): void => {
  location.hash = hrefOf(route)
}

const follow = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

export const useHash = (): string => useSyncExternalStore(follow, () => location.hash)
