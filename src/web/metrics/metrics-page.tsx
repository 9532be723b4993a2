import { useCallback, type ReactNode } from 'react'
import { fetchMetrics } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { Empty, Failure, Loading } from '../shell/notice.tsx'
import { codeWords, plural, share } from '../shell/words.ts'
import { canBeTaught, figuresIn, type GroupFigures, type Part } from './figures.ts'
import { samplesIn } from './prometheus.ts'

function PartRow({ label, count, of }: Part): ReactNode {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="figure">{share(count, of)}</td>
      <td className="meter">
        <div className="bar" aria-hidden="true">
          <div className="accent" style={{ flexGrow: count }} />
          <div style={{ flexGrow: Math.max(of - count, of === 0 ? 1 : 0) }} />
        </div>
      </td>
      <td className="figure soft">
        {count.toLocaleString('en')} of {of.toLocaleString('en')}
      </td>
    </tr>
  )
}

function Codes({
  title,
  codes,
}: {
  readonly title: string
  readonly codes: GroupFigures['flags']
}): ReactNode {
  if (codes.length === 0) return null
  return (
    <div>
      <h3>{title}</h3>
      <ul className="codes">
        {codes.map(([code, count]) => (
          <li key={code} title={code}>
            <b>{count.toLocaleString('en')}</b> {codeWords(code)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Group({ group }: { readonly group: GroupFigures }): ReactNode {
  const { type, model, documents, parts, flags, errors } = group
  return (
    <section className="card figures-group">
      <h2>
        {plural(documents, 'document')} of type {type}
      </h2>
      <p className="soft model">read by {model}</p>
      {canBeTaught(group) && (
        <p>
          You have settled {plural(group.reviewed, 'document')} of this type: enough to teach a model of its
          own. On the machine of the service: <code>parallax train --type {type}</code>
        </p>
      )}
      <table className="figures">
        <thead className="unseen">
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Share</th>
            <td />
            <th scope="col">Count</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <PartRow key={part.label} {...part} />
          ))}
        </tbody>
      </table>
      <div className="pair">
        <Codes title="Reasons for doubt" codes={flags} />
        <Codes title="Why documents failed" codes={errors} />
      </div>
    </section>
  )
}

/** What can be told of everything that was read, without knowing what is right. */
export function MetricsPage(): ReactNode {
  const load = useCallback(
    (signal: AbortSignal) => fetchMetrics(signal).then((text) => figuresIn(samplesIn(text))),
    [],
  )
  const { value, error, reload } = useLoaded(load)
  return (
    <>
      <h1 tabIndex={-1}>Metrics</h1>
      <p className="soft lead">
        All documents that have ended, by type and by the models that read them. Groups are no comparison of
        models: the second path reads what the first left in doubt.
      </p>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Loading rows={8} />}
      {value?.length === 0 && (
        <Empty title="Nothing to count yet">
          <p>Figures appear here once documents have been read.</p>
        </Empty>
      )}
      {value?.map((group) => (
        <Group key={`${group.type} ${group.model}`} group={group} />
      ))}
    </>
  )
}
