import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { noPostgres, startPostgres } from '../stores/postgres-server.case.ts'
import { sampleWork } from '../stores/samples.case.ts'
import { openSqliteLedger } from '../stores/sqlite.ts'
import { openWorkplace } from './command.case.ts'
import { addressOf } from './serve.case.ts'

vi.setConfig({ testTimeout: 240_000 })

test.skipIf(noPostgres !== null)(
  'a ledger is moved by a command, unless something works with it',
  async () => {
    await using server = await startPostgres()
    await using place = await openWorkplace()
    const service = place.start(['serve', '--port', '0', '--workers', '0'])
    await addressOf(service)
    const ledger = await openSqliteLedger(join(place.home, 'ledger.sqlite'))
    await ledger.openBatch('b')
    const { id } = await ledger.submit('b', 0, 'a.png', sampleWork('k'))
    await ledger.close()
    const move = ['ledger', 'move', '--to', server.url('postgres')]

    const refused = await place.run([...move, '--from', place.home])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('is in use. Stop everything') })
    service.child.kill('SIGTERM')
    await service.ended
    const moved = await place.run(move)
    expect(moved).toMatchObject({ code: 0, stderr: '' })
    expect(moved.stdout).toMatch(/^batches +1 row {2}[0-9a-f]{16}$/m)
    expect(moved.stdout).toContain('every table holds what it held')
    const listed = await place.run(['jobs', 'list'], { PARALLAX_DATABASE_URL: server.url('postgres') })
    expect(listed.stdout).toContain(id)

    for (const [from, why] of [
      ['nowhere', 'There is no ledger'],
      [server.url('postgres'), 'Only a ledger in SQLite can be moved'],
    ])
      expect(await place.run([...move, '--from', from!])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(why!),
      })
  },
)
