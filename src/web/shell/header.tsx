import { useCallback, useEffect, type ReactNode } from 'react'
import type { Session } from '../../contract/common.ts'
import { access, mayAs } from '../http/access.ts'
import { isUnanswered } from '../http/service-error.ts'
import { fetchQueue, signOut } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { hrefOf, type Route } from './route.ts'

const sections = [
  { route: { name: 'batches' }, label: 'Batches', names: ['batches', 'batch', 'document'] },
  { route: { name: 'queue' }, label: 'Review', names: ['queue', 'review'] },
  { route: { name: 'metrics' }, label: 'Metrics', names: ['metrics'] },
] as const satisfies readonly { route: Route; label: string; names: readonly Route['name'][] }[]

/** How many documents wait for a person, asked anew now and then. */
function useWaiting(session: Session, turn: string): number | null {
  const may = mayAs(session, 'reviewer')
  const load = useCallback(
    (signal: AbortSignal) => (may ? fetchQueue(1, signal).then(({ total }) => total) : Promise.resolve(null)),
    [may],
  )
  const { value, reload } = useLoaded(load)
  useEffect(() => {
    reload()
    const timer = setInterval(() => {
      if (!document.hidden) reload()
    }, 10_000)
    return () => clearInterval(timer)
  }, [reload, turn])
  return value
}

async function leave(): Promise<void> {
  try {
    await signOut()
  } catch (error) {
    if (isUnanswered(error)) return
  }
  access.set({ state: 'out' })
}

function Who({ session }: { readonly session: Session }): ReactNode {
  return (
    <div className="who">
      <span title={`${session.role} of ${session.tenant}`}>{session.name}</span>
      {!session.open && (
        <button type="button" className="quiet" onClick={() => void leave()}>
          Sign out
        </button>
      )}
    </div>
  )
}

interface HeaderProps {
  readonly session: Session
  readonly route: Route
}

export function Header({ session, route }: HeaderProps): ReactNode {
  const waiting = useWaiting(session, hrefOf(route))
  const shown = sections.filter(({ label }) => label !== 'Review' || mayAs(session, 'reviewer'))
  return (
    <header className="top">
      <a className="brand" href={hrefOf({ name: 'batches' })} aria-label="Parallax, start">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M9 6l7 20" />
          <path d="M23 6l-7 20" />
        </svg>
        <span>Parallax</span>
      </a>
      <nav aria-label="Main">
        {shown.map(({ route: to, label, names }) => (
          <a
            key={label}
            href={hrefOf(to)}
            aria-current={(names as readonly string[]).includes(route.name) ? 'page' : undefined}
          >
            {label}
            {label === 'Review' && waiting !== null && waiting > 0 && (
              <span className="count">
                {waiting}
                <span className="unseen"> waiting</span>
              </span>
            )}
          </a>
        ))}
      </nav>
      <Who session={session} />
    </header>
  )
}
