import type { StrategyPlan, StrategyPlans } from './strategies.ts'
import { uncalibratedCode } from './uncalibrated.ts'

const decidingAnyway = ({ decide, ...plan }: StrategyPlan): StrategyPlan => ({
  ...plan,
  decide({ attempts, consensus }) {
    const objections = consensus?.objections.filter(({ code }) => code !== uncalibratedCode) ?? []
    return decide({ attempts, consensus: consensus && { ...consensus, objections } })
  },
})

/** Strategies by which documents are accepted though nobody has measured their confidences; all other objections hold. */
export const acceptingUncalibrated = ({ direct, modular, both, auto }: StrategyPlans): StrategyPlans => ({
  direct: decidingAnyway(direct),
  modular: decidingAnyway(modular),
  both: decidingAnyway(both),
  auto: decidingAnyway(auto),
})
