import type { ReactNode } from 'react'
import type { Review } from '../../contract/review.ts'
import { plural, saidOf, when } from '../shell/words.ts'
import { spoken } from './attention.ts'
import { textOf } from './value-text.ts'
import { useWork } from './work.ts'

const shown = (value: Parameters<typeof textOf>[0]): string => textOf(value) || 'nothing'

const decided = { reviewed: 'Accepted', rejected: 'Rejected', reopened: 'Reopened' } as const

interface Entry {
  readonly at: string
  readonly by: string
  readonly says: ReactNode
}

type Past = Pick<Review, 'corrections' | 'decisions'>

function useEntries({ corrections, decisions }: Past): readonly Entry[] {
  const { original, draft } = useWork().editor
  const changes = corrections.map(({ field, before, after, by, at }): Entry => {
    const what = spoken(original, draft, field)
    if (field.endsWith('/-')) return { at, by, says: <b>{what}: another order</b> }
    return {
      at,
      by,
      says: (
        <>
          <b>{what}</b> <del>{shown(before)}</del> → <ins>{shown(after)}</ins>
        </>
      ),
    }
  })
  const ends = decisions.map(({ kind, rejection, by, at }): Entry => {
    const why = saidOf(rejection)
    return { at, by, says: <b>{why === '' ? decided[kind] : `${decided[kind]}: ${why}`}</b> }
  })
  return [...changes, ...ends].toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

/** Who changed and decided what, and when; the latest first. */
export function DocumentHistory({ open = false, ...past }: Past & { readonly open?: boolean }): ReactNode {
  const entries = useEntries(past)
  if (entries.length === 0) return null
  const { length: changes } = past.corrections
  return (
    <details className="history" open={open}>
      <summary>{past.decisions.length > 0 ? 'History' : plural(changes, 'earlier correction')}</summary>
      <ol>
        {entries.map(({ at, by, says }, i) => (
          <li key={`${at} ${i}`}>
            {says}
            <span className="soft">
              {' '}
              {by}, <time dateTime={at}>{when(at)}</time>
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
