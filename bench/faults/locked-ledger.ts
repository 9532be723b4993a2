import { join } from 'node:path'
import Database from 'libsql'
import { aftermath } from './aftermath.ts'
import { atMost, exactly, told } from './figures.ts'
import type { Fault } from './lab.ts'
import { isWorker } from './processes.ts'
import { submitMeanwhile, type Meanwhile } from './outage.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const lockedSeconds = 10

/** Holds a write transaction on the ledger meanwhile. */
async function whileLocked(home: string, use: () => Promise<Meanwhile>): Promise<Meanwhile> {
  const other = new Database(join(home, 'ledger.sqlite'), { timeout: 10_000 })
  other.exec('begin immediate')
  try {
    return await use()
  } finally {
    other.exec('rollback')
    other.close()
  }
}

const fault: Fault = {
  name: 'locked-ledger',
  what: `another process holds a write transaction on the ledger for ${lockedSeconds} s while documents are read`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    const before = await served.submit(lab.documents(20))
    await until(() => site.processes(isWorker).length > 0, 10)
    const worker = site.processes(isWorker)[0]!.pid
    const meanwhile = await whileLocked(site.home, () => submitMeanwhile(lab, served, lockedSeconds, 1))
    return [
      told('refused meanwhile', meanwhile.refused),
      atMost('slowest answer', meanwhile.slowest, 3, 's'),
      exactly('the worker lives', site.processes(isWorker)[0]?.pid === worker, true),
      ...(await aftermath(site, served, [...before.jobs, ...meanwhile.jobs])),
    ]
  },
}
export default fault
