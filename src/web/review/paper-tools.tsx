import type { ReactNode } from 'react'
import type { Zoom } from './use-zoom.ts'
import { pressed } from './zoom.ts'

interface PaperToolsProps {
  readonly zoom: Zoom
  readonly page: number
  readonly pages: number
  readonly setPage: (page: number) => void
  readonly draws: boolean
  readonly readOnly: boolean
  readonly setDraws: (draws: boolean) => void
}

function Pages({ page, pages, setPage }: Pick<PaperToolsProps, 'page' | 'pages' | 'setPage'>): ReactNode {
  if (pages < 2) return null
  return (
    <div className="group">
      <button type="button" disabled={page <= 1} aria-label="Page before" onClick={() => setPage(page - 1)}>
        ‹
      </button>
      <span>
        <span className="wide">Page </span>
        {page} of {pages}
      </span>
      <button type="button" disabled={page >= pages} aria-label="Next page" onClick={() => setPage(page + 1)}>
        ›
      </button>
    </div>
  )
}

/** The buttons above the page. */
export function PaperTools({
  zoom,
  page,
  pages,
  setPage,
  draws,
  readOnly,
  setDraws,
}: PaperToolsProps): ReactNode {
  return (
    <div className="paper-tools" role="toolbar" aria-label="Picture">
      <Pages page={page} pages={pages} setPage={setPage} />
      <div className="group">
        <button type="button" aria-label="Smaller" onClick={() => zoom.by(1 / pressed)}>
          −
        </button>
        <span className="scale">{Math.round(zoom.scale * 100)} %</span>
        <button type="button" aria-label="Larger" onClick={() => zoom.by(pressed)}>
          +
        </button>
        <button type="button" aria-label="Fit width" title="As wide as the view" onClick={zoom.fit}>
          Fit
        </button>
      </div>
      {!readOnly && (
        <button
          type="button"
          aria-pressed={draws}
          title="Draw a box on the page: what stands in it goes into the field (Shift and drag, or Ctrl+B)"
          onClick={() => setDraws(!draws)}
        >
          Read a region
        </button>
      )}
    </div>
  )
}
