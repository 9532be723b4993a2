import { createHash } from 'node:crypto'
import type { TypeRef } from '../../core/jobs.ts'
import type { Strategy } from '../../core/extraction-result.ts'

/** Everything that decides a result. */
export interface KeyParts {
  readonly tenant: string
  readonly blob: string
  readonly type: TypeRef
  readonly route: Strategy
  /** Engines, their revisions and the version of Parallax. */
  readonly pipeline: string
  /** SHA-256 of the vendor templates in force; null without any. */
  readonly templates: string | null
  /** Empty, or a number used once where somebody asks for a new run. */
  readonly force: string
}

/** The key under which a document is read once, however often it is submitted. */
export function executionKey({ tenant, blob, type, route, pipeline, templates, force }: KeyParts): string {
  const parts = [tenant, blob, type.name, type.hash, route, pipeline, templates, force]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
