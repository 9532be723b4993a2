import { setTimeout as delay } from 'node:timers/promises'
import { aftermath } from './aftermath.ts'
import { exactly } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { count } from './ledger.ts'
import type { Served, Submitted } from './served.ts'
import { openSite, type Site } from './site.ts'

const rounds = 5
const documents = 10

/** Sends a request, kills the service meanwhile, and sends it again to the next one until it is acknowledged. */
async function sendThroughDeath(lab: Lab, site: Site, served: Served, idempotencyKey: string) {
  const pictures = lab.documents(documents)
  const first = served.submit(pictures, { idempotencyKey })
  await delay(150 * lab.random())
  await served.end('SIGKILL')
  const next = await site.serve()
  let answer: Submitted = await first
  for (let tries = 0; tries < 10; tries++) {
    answer = await next.submit(pictures, { idempotencyKey })
    if (answer.status === 202) break
    await delay(500)
  }
  const before = (await first).batch
  return { next, answer, isSame: before === '' || before === answer.batch }
}

const fault: Fault = {
  name: 'repeated-requests',
  what: `a request with an Idempotency-Key, serve killed while it comes in, the same again: ${rounds} times`,
  async run(lab) {
    await using site = await openSite(lab)
    let served = await site.serve()
    const jobs: string[] = []
    let others = 0
    for (let round = 0; round < rounds; round++) {
      const { next, answer, isSame } = await sendThroughDeath(lab, site, served, `request-${round}`)
      served = next
      jobs.push(...answer.jobs)
      if (!isSame) others++
    }
    const recorded = count(site.home, 'select count(*) from jobs')
    return [
      exactly('acknowledged', jobs.length, rounds * documents),
      exactly('recorded', recorded, rounds * documents),
      exactly('answered with another batch', others, 0),
      ...(await aftermath(site, served, jobs)),
    ]
  },
}
export default fault
