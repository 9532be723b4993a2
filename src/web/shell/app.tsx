import { useEffect, useRef, type ReactNode } from 'react'
import type { Session } from '../../contract/common.ts'
import { BatchPage } from '../batches/batch-page.tsx'
import { Dashboard } from '../batches/dashboard.tsx'
import { access } from '../http/access.ts'
import { connection } from '../http/connection.ts'
import { fetchSession } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { MetricsPage } from '../metrics/metrics-page.tsx'
import { DocumentPage } from '../review/document-page.tsx'
import { EndedNotice } from '../review/ended.tsx'
import { QueuePage } from '../review/queue-page.tsx'
import { ReviewPage } from '../review/review-page.tsx'
import { Announcer } from './announcer.tsx'
import { Header } from './header.tsx'
import { Failure, Loading } from './notice.tsx'
import { hrefOf, routeOf, useHash, type Route } from './route.ts'
import { SignIn } from './sign-in.tsx'
import { useStore } from './store.ts'

function View({ route, session }: { readonly route: Route; readonly session: Session }): ReactNode {
  if (route.name === 'batch') return <BatchPage key={route.id} id={route.id} session={session} />
  if (route.name === 'document') return <DocumentPage key={route.id} id={route.id} session={session} />
  if (route.name === 'queue') return <QueuePage />
  if (route.name === 'review') return <ReviewPage key={route.id} id={route.id} />
  return route.name === 'metrics' ? <MetricsPage /> : <Dashboard />
}

function Away(): ReactNode {
  if (useStore(connection) === 'there') return null
  return (
    <div className="away" role="alert">
      Parallax does not answer. What you typed is kept; this page goes on as soon as it is back.
    </div>
  )
}

/** Another view begins at its heading, for those who do not see that it changed. */
function useFocusOnView(address: string): void {
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else if (!address.startsWith('#/review/')) document.querySelector<HTMLElement>('main h1')?.focus()
  }, [address])
}

function Signed({ session }: { readonly session: Session }): ReactNode {
  const route = routeOf(useHash())
  useFocusOnView(hrefOf(route))
  return (
    <>
      <a className="skip" href="#main" onClick={toMain}>
        To the content
      </a>
      <Header session={session} route={route} />
      <Away />
      <main id="main" className={`view-${route.name}`} tabIndex={-1}>
        <View route={route} session={session} />
      </main>
      <EndedNotice />
    </>
  )
}

const toMain = (event: { preventDefault(): void }): void => {
  event.preventDefault()
  document.querySelector<HTMLElement>('#main')?.focus()
}

function Entry(): ReactNode {
  const who = useStore(access)
  const { value, error, reload } = useLoaded(fetchSession)
  useEffect(() => {
    if (value) access.set({ state: 'in', session: value })
  }, [value])
  if (who.state === 'in') return <Signed session={who.session} />
  if (who.state === 'out') return <SignIn />
  return (
    <main className="entry">{error === null ? <Loading /> : <Failure error={error} retry={reload} />}</main>
  )
}

export function App(): ReactNode {
  return (
    <>
      <Entry />
      <Announcer />
    </>
  )
}
