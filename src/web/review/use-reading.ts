import { useState } from 'react'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Box } from '../../core/geometry.ts'
import { sentenceOf } from '../http/service-error.ts'
import { readRegion } from '../http/service.ts'
import { announce } from '../shell/announcer.tsx'
import { focusField } from './input-id.ts'
import { around, middle } from './region.ts'
import { textOf } from './value-text.ts'
import type { Work } from './work.ts'

export interface RegionReading {
  /** What became of the last reading, for a moment in sight. */
  readonly says: string | null
  readonly keyBox: Box | null
  setKeyBox(box: Box | null): void
  /** Begins a box that keys move, where the field stands. */
  begin(page: number): void
  read(page: number, box: Box): void
}

/** Reads regions of the page anew, into the field that was focused last. */
export function useReading(work: Work): RegionReading {
  const [says, setSays] = useState<string | null>(null)
  const [keyBox, setKeyBox] = useState<Box | null>(null)
  const { review, editor, active } = work
  const tell = (sentence: string): void => {
    setSays(sentence)
    announce(sentence)
  }
  const fill = (pointer: JsonPointer, text: string): void => {
    editor.settle()
    editor.write(pointer, text)
    editor.settle()
    tell(`Read: ${text}`)
  }
  const read = async (page: number, box: Box): Promise<void> => {
    setKeyBox(null)
    if (active !== null) focusField(active)
    setSays('Reading…')
    try {
      const { text, value } = await readRegion(review.job.id, page, box, active)
      const found = textOf(value, text) || text.trim()
      if (found === '') tell('Nothing could be read there.')
      else if (active === null) tell(`It says: ${found}`)
      else fill(active, found)
    } catch (error) {
      tell(sentenceOf(error))
    }
  }
  const begin = (page: number): void => {
    const source = active === null ? null : review.row.fields[active]?.source
    setKeyBox(source?.page === page ? around(source.box) : middle)
  }
  return { says, keyBox, setKeyBox, begin, read: (page, box) => void read(page, box) }
}
