import { useCallback, useMemo, useState } from 'react'
import type { Checked, Review } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { flagsByPlace, inOrder, isOf, part, stopBeside, stops } from './attention.ts'
import { cells, type Draft, type Original } from './draft.ts'
import { acceptId, focusField } from './input-id.ts'
import { useCheck } from './use-check.ts'
import { useEditor, type Editor } from './use-editor.ts'
import type { Work } from './work.ts'

/** Where Enter stops, but for records that were taken away. */
const standingStops = (review: Review, original: Original, draft: Draft): readonly JsonPointer[] =>
  stops(review, original, draft).filter((p) => !draft.removed.some((record) => p.startsWith(`${record}/`)))

/** What is said against values: at one of them, or at those that do not fit together. */
function useObjections(
  review: Review,
  { original, draft }: Editor,
  checked: Checked | null,
): Pick<Work, 'misfits' | 'flags'> {
  const standing = checked?.flags ?? review.row.flags
  const misfits = useMemo(
    () =>
      part(review).misfits.map((misfit) => ({
        ...misfit,
        flags: standing.filter((flag) => isOf(flag, misfit)),
      })),
    [review, standing],
  )
  const flags = useMemo(() => {
    const others = standing.filter((flag) => !misfits.some((misfit) => misfit.flags.includes(flag)))
    return flagsByPlace(others, original, draft)
  }, [standing, misfits, original, draft])
  return { misfits, flags }
}

interface WorkOptions {
  readonly showKeys: () => void
  readonly put: (review: Review) => void
  readonly readOnly?: boolean
}

/** The state of the workbench: what is edited, what is said of it, and where the person is. */
export function useWorkState(review: Review, { showKeys, put, readOnly = false }: WorkOptions): Work {
  const editor = useEditor(review, readOnly)
  const { original, draft, changes } = editor
  const moved = (now: Review): void => {
    editor.catchUp(now)
    put(now)
  }
  const checked = useCheck(review, changes, moved)
  const [active, setActive] = useState<JsonPointer | null>(null)
  const [hovered, setHovered] = useState<JsonPointer | null>(null)
  const [seen, setSeen] = useState<ReadonlySet<JsonPointer>>(new Set())
  const { misfits, flags } = useObjections(review, editor, checked)
  const uncertain = useMemo(() => standingStops(review, original, draft), [review, original, draft])
  const walk = (from: JsonPointer, step: 1 | -1): void => {
    editor.settle()
    const order = cells({ ...original, form: inOrder(review) }, draft).map(({ pointer }) => pointer)
    const next = stopBeside(uncertain, order, from, step)
    if (next !== null) focusField(next)
    else if (step > 0) document.getElementById(acceptId)?.focus()
  }
  const visit = useCallback((pointer: JsonPointer): void => {
    setActive(pointer)
    setSeen((before) => (before.has(pointer) ? before : new Set(before).add(pointer)))
  }, [])
  const problem = checked?.problem ?? null
  return {
    review,
    readOnly,
    editor,
    flags,
    misfits,
    problem,
    stops: uncertain,
    active,
    hovered,
    seen,
    setActive: visit,
    setHovered,
    walk,
    moved,
    showKeys,
  }
}
