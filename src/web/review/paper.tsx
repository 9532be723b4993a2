import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { Box } from '../../core/geometry.ts'
import { pagePicture } from '../http/service.ts'
import { Boxes } from './boxes.tsx'
import { KeyRegion } from './key-region.tsx'
import { PaperTools } from './paper-tools.tsx'
import { useDrawing } from './use-drawing.ts'
import { useZoom, type Zoom } from './use-zoom.ts'
import { useWork } from './work.ts'
import { pressed } from './zoom.ts'

export interface PaperProps {
  /** The box that keys move; null while none is drawn by keys. */
  readonly keyBox: Box | null
  readonly setKeyBox: (box: Box | null) => void
  readonly read: (page: number, box: Box) => void
  readonly page: number
  readonly setPage: (page: number) => void
}

interface PictureProps {
  readonly job: string
  readonly file: string
  readonly page: number
  readonly width: number
  readonly height: number
}

function Picture({ job, file, page, width, height }: PictureProps): ReactNode {
  const [tries, setTries] = useState(0)
  const [failed, setFailed] = useState(false)
  if (failed)
    return (
      <div className="no-picture" role="alert">
        <p>The picture of this page cannot be shown now.</p>
        <button
          type="button"
          onClick={() => {
            setTries(tries + 1)
            setFailed(false)
          }}
        >
          Try again
        </button>
      </div>
    )
  return (
    <img
      key={tries}
      src={pagePicture(job, page)}
      width={width}
      height={height}
      alt={`Page ${page} of ${file}`}
      draggable={false}
      onError={() => setFailed(true)}
    />
  )
}

/** Follows the field that is looked at. */
function useFollow(zoom: Zoom, page: number, setPage: (page: number) => void): void {
  const { active, review } = useWork()
  const source = active === null ? null : (review.row.fields[active]?.source ?? null)
  const { show } = zoom
  useEffect(() => {
    if (!source) return
    if (source.page === page) show(source.box)
    else setPage(source.page)
    // A person who turns the pages is not to be brought back: only another field, or the page it is on, leads anywhere.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [source, show])
}

const zoomKeys: Readonly<Record<string, number>> = { '+': pressed, '=': pressed, '-': 1 / pressed }

interface SheetProps extends Omit<PaperProps, 'setPage'> {
  readonly drawn: Box | null
  readonly sheet: RefObject<HTMLDivElement | null>
  readonly scale: number
}

const someSize = { width: 1000, height: 1400 }

/** The paper itself, as wide as it is zoomed. */
function Sheet({ page, drawn, sheet, scale, keyBox, setKeyBox, read }: SheetProps): ReactNode {
  const { job, pages } = useWork().review
  const { width, height } = pages.find((p) => p.page === page) ?? someSize
  return (
    <div
      ref={sheet}
      className="sheet"
      style={{ width: `${scale * 100}%`, aspectRatio: `${width} / ${height}` }}
    >
      <Picture key={page} job={job.id} file={job.file} page={page} width={width} height={height} />
      <Boxes page={page} width={width} height={height} drawn={drawn} />
      {keyBox && (
        <KeyRegion
          box={keyBox}
          change={setKeyBox}
          read={(box) => read(page, box)}
          leave={() => setKeyBox(null)}
        />
      )}
    </div>
  )
}

/** The page with the boxes of its fields: to zoom, to move, and to draw a region on that is read anew. */
export function Paper(props: PaperProps): ReactNode {
  const { page, setPage, read } = props
  const { review, readOnly } = useWork()
  const { pages } = review
  const [draws, setDraws] = useState(false)
  const view = useRef<HTMLDivElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const zoom = useZoom(view, sheet, (pages.find((p) => p.page === page) ?? someSize).width)
  const drawn = (box: Box): void => {
    setDraws(false)
    read(page, box)
  }
  const { box, onPointerDown } = useDrawing({ view, sheet, draws, readOnly, drawn })
  useFollow(zoom, page, setPage)
  const press = (event: KeyboardEvent): void => {
    const factor = zoomKeys[event.key]
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return
    if (factor !== undefined) zoom.by(factor)
    else if (event.key === '0') zoom.fit()
    else if (event.key === 'Escape') setDraws(false)
  }
  return (
    <section className="paper" aria-label="Document">
      <PaperTools {...{ zoom, page, setPage, draws, readOnly, setDraws }} pages={pages.length} />
      <div
        ref={view}
        className={draws ? 'view draws' : 'view'}
        tabIndex={0}
        role="group"
        aria-label={`Picture of page ${page}. Plus and minus zoom, 0 fits the width, arrows scroll.`}
        onKeyDown={press}
        onPointerDown={onPointerDown}
      >
        <Sheet {...props} drawn={box} sheet={sheet} scale={zoom.scale} />
      </div>
    </section>
  )
}
