import { join } from 'node:path'
import Database from 'libsql'
import { exactly, type Figure } from './figures.ts'
import type { Fault } from './lab.ts'
import { readOf, untilDrained } from './ledger.ts'
import type { Served } from './served.ts'
import { openSite } from './site.ts'

const documents = 8

function damage(home: string, sql: string, job: string): void {
  const database = new Database(join(home, 'ledger.sqlite'), { timeout: 10_000 })
  try {
    database.prepare(sql).run(job)
  } finally {
    database.close()
  }
}

const ofJob = 'key = (select key from jobs where id = ?)'

const damages: Readonly<Record<string, string>> = {
  'torn result': `update results set result = substr(result, 1, 60) where ${ofJob}`,
  'edited result': `update results set result = replace(result, '15.96', '99.96') where ${ofJob}`,
  'unknown status': "update jobs set status = 'lost' where id = ?",
  'torn error': "update jobs set error = '{' where id = ?",
}

/** What everybody else goes on with. */
async function askAll(served: Served, good: readonly string[]): Promise<readonly Figure[]> {
  const paths = ['review', 'metrics', 'exports', 'jobs', 'batches']
  const answers = await Promise.all(paths.map((path) => served.ask(`/v1/${path}`)))
  const rows = await Promise.all(good.map((id) => served.ask(`/v1/jobs/${id}/result`)))
  const exported = answers[paths.indexOf('exports')]!.text.trim().split('\n')
  return [
    ...paths.map((path, i) => exactly(`/v1/${path}`, answers[i]!.status, 200)),
    exactly('good rows answered', rows.filter(({ status }) => status === 200).length, good.length),
    exactly('good rows exported', exported.filter((line) => line.includes('15.96')).length >= good.length, true),
    exactly('edited value exported', exported.some((line) => line.includes('99.96')), false),
  ] // prettier-ignore
}

const fault: Fault = {
  name: 'damaged-rows',
  what: 'of eight documents that were read, four rows of the ledger are torn, edited or given an unknown status',
  async run(lab) {
    await using site = await openSite(lab)
    const first = await site.serve()
    const { jobs } = await first.submit(lab.documents(documents))
    await untilDrained(site.home, 60)
    await first.end('SIGTERM')
    const kinds = Object.entries(damages)
    for (const [i, [, sql]] of kinds.entries()) damage(site.home, sql, jobs[i]!)
    const served = await site.serve()
    const edited = await served.ask(`/v1/jobs/${jobs[1]!}/result`)
    const figures = await askAll(served, jobs.slice(kinds.length))
    const submitted = await served.submit(lab.documents(1))
    await untilDrained(site.home, 30)
    return [
      ...figures,
      exactly('edited value answered', edited.status === 200 && edited.text.includes('99.96'), false),
      exactly('submission', submitted.status, 202),
      exactly('read', readOf(site.home, submitted.jobs), 1),
    ]
  },
}
export default fault
