import type { ExtractionPath } from '../core/extraction.ts'
import type { Decide } from '../core/judging.ts'
import type { Strategy } from '../core/extraction-result.ts'
import { bothPaths } from './both-paths.ts'
import { directFirst } from './direct-first.ts'
import { embeddedFirst } from './embedded-first.ts'
import { onePath } from './one-path.ts'

/** Which paths read a document, and what is done with what they read. */
export interface StrategyPlan {
  readonly paths: readonly [ExtractionPath, ...ExtractionPath[]]
  /** Paths that read only what the first ones leave in doubt. */
  readonly reserve: readonly ExtractionPath[]
  readonly decide: Decide
}

/** What each strategy (the `route` of a request) comes to. */
export type StrategyPlans = Readonly<Record<Strategy, StrategyPlan>>

export const strategyPlans: StrategyPlans = {
  modular: { paths: ['modular'], reserve: [], decide: embeddedFirst(onePath('modular')) },
  direct: { paths: ['direct'], reserve: [], decide: embeddedFirst(onePath('direct')) },
  both: { paths: ['direct', 'modular'], reserve: [], decide: embeddedFirst(bothPaths) },
  auto: { paths: ['direct'], reserve: ['modular'], decide: embeddedFirst(directFirst) },
}

/** All paths that may read a document by the strategy. */
export const allPaths = ({
  paths,
  reserve,
}: StrategyPlan): readonly [ExtractionPath, ...ExtractionPath[]] => [...paths, ...reserve]
