import { exactly, told, type Figure } from './figures.ts'
import { account, untilDrained } from './ledger.ts'
import type { Served } from './served.ts'
import type { Site } from './site.ts'

/**
 * Waits until all is read, by a service that is started again where it did not stay up, and says what became of every
 * document that was acknowledged.
 */
export async function aftermath(
  site: Site,
  served: Served,
  acknowledged: readonly string[],
  timeoutSeconds = 90,
): Promise<readonly Figure[]> {
  const stayedUp = served.isUp()
  if (!stayedUp) await site.serve({ workers: 2 })
  const drained = await untilDrained(site.home, timeoutSeconds)
  return [
    told('seconds until all was read', drained),
    exactly('serve stayed up', stayedUp, true),
    ...account(site.home, acknowledged),
  ]
}
