import type { RoutePlan, RoutePlans } from './routes.ts'
import { uncalibratedCode } from './uncalibrated.ts'

const decidingAnyway = ({ policy, ...plan }: RoutePlan): RoutePlan => ({
  ...plan,
  policy: {
    name: policy.name,
    decide({ attempts, consensus }) {
      const objections = consensus?.objections.filter(({ code }) => code !== uncalibratedCode) ?? []
      return policy.decide({ attempts, consensus: consensus && { ...consensus, objections } })
    },
  },
})

/** Routes on which documents are accepted though nobody has measured their confidences; all other objections hold. */
export const acceptingUncalibrated = ({ direct, modular, both, auto }: RoutePlans): RoutePlans => ({
  direct: decidingAnyway(direct),
  modular: decidingAnyway(modular),
  both: decidingAnyway(both),
  auto: decidingAnyway(auto),
})
