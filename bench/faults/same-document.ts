import { aftermath } from './aftermath.ts'
import { exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { results } from './ledger.ts'
import { openSite } from './site.ts'

const times = 100

const fault: Fault = {
  name: 'same-document',
  what: `the same document submitted ${times} times at once`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve({ workers: 2 })
    const document = lab.documents(1)
    const answers = await Promise.all(Array.from({ length: times }, () => served.submit(document)))
    const jobs = answers.flatMap((answer) => answer.jobs)
    const after = await aftermath(site, served, jobs)
    const rows = await Promise.all(jobs.map((id) => served.ask(`/v1/jobs/${id}/result`)))
    return [
      exactly('acknowledged', jobs.length, times),
      exactly('results', results(site.home), 1),
      exactly('different answers', new Set(rows.map(({ status, text }) => `${status} ${text}`)).size, 1),
      ...after,
    ]
  },
}
export default fault
