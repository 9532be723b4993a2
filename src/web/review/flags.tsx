import type { ReactNode } from 'react'
import type { Flag } from '../../core/extraction-result.ts'
import { flagTextAtField } from '../shell/flag-text.ts'

/** What speaks against a value, in sentences. */
export function Flags({ flags }: { readonly flags: readonly Flag[] }): ReactNode {
  return flags.map((flag) => (
    <p key={`${flag.code} ${flag.field} ${flag.message}`} className="flag">
      {flagTextAtField(flag)}
    </p>
  ))
}
