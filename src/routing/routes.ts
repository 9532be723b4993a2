import type { ExtractionPath } from '../core/extraction.ts'
import type { RouterPolicy } from '../core/judging.ts'
import type { Route } from '../core/row.ts'
import { bothPaths } from './both-paths.ts'
import { onePath } from './one-path.ts'

/** The paths that read a document, in turn, and who judges what they read. */
export interface RoutePlan {
  readonly paths: readonly [ExtractionPath, ...ExtractionPath[]]
  readonly policy: RouterPolicy
}

export type RoutePlans = Readonly<Record<Route, RoutePlan>>

const modular: RoutePlan = { paths: ['modular'], policy: onePath('modular') }

export const routePlans: RoutePlans = {
  modular,
  direct: { paths: ['direct'], policy: onePath('direct') },
  both: { paths: ['direct', 'modular'], policy: bothPaths },
  auto: modular,
}
