import type { ExtractionPath } from '../core/extraction.ts'
import type { RouterPolicy } from '../core/judging.ts'
import type { Route } from '../core/extraction-result.ts'
import { bothPaths } from './both-paths.ts'
import { directFirst } from './direct-first.ts'
import { embeddedFirst } from './embedded-first.ts'
import { onePath } from './one-path.ts'

/** The paths that read a document, and who judges what they read. */
export interface RoutePlan {
  readonly paths: readonly [ExtractionPath, ...ExtractionPath[]]
  /** Paths that read only what the first ones leave in doubt. */
  readonly reserve: readonly ExtractionPath[]
  readonly policy: RouterPolicy
}

export type RoutePlans = Readonly<Record<Route, RoutePlan>>

export const routePlans: RoutePlans = {
  modular: { paths: ['modular'], reserve: [], policy: embeddedFirst(onePath('modular')) },
  direct: { paths: ['direct'], reserve: [], policy: embeddedFirst(onePath('direct')) },
  both: { paths: ['direct', 'modular'], reserve: [], policy: embeddedFirst(bothPaths) },
  auto: { paths: ['direct'], reserve: ['modular'], policy: embeddedFirst(directFirst) },
}

/** All paths that may read a document of the route. */
export const allPaths = ({ paths, reserve }: RoutePlan): readonly [ExtractionPath, ...ExtractionPath[]] => [
  ...paths,
  ...reserve,
]
