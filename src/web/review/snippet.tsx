import type { ReactNode } from 'react'
import type { Source } from '../../core/extraction.ts'
import { pagePicture } from '../http/service.ts'
import { snippetOf } from './snippet-box.ts'
import { useWork } from './work.ts'

/** The place of the page where a value stands, cut out. What it says is in the input beside it. */
export function Snippet({ source }: { readonly source: Source }): ReactNode {
  const { job, pages } = useWork().review
  const page = pages.find((p) => p.page === source.page)
  if (!page) return null
  const { x, y, width, height } = snippetOf(source.box, page)
  return (
    <svg
      className="snippet"
      viewBox={`${x} ${y} ${width} ${height}`}
      preserveAspectRatio="xMinYMid meet"
      aria-hidden="true"
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      <image href={pagePicture(job.id, source.page)} width={page.width} height={page.height} />
    </svg>
  )
}
