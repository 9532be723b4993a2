import { join } from 'node:path'
import { fileBlobs } from '../../stores/file-blobs.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { sweep } from './sweep.ts'

// A process for racing.test.ts: removes whatever belongs to nothing, however new it is, until it is ended.
const [home = ''] = process.argv.slice(2)

const store = await openSqliteLedger(join(home, 'ledger.sqlite'))
const all = fileBlobs(join(home, 'blobs'))
// What is being written is known by its age alone.
const blobs = { ...all, look: async (prefix: string) => ({ ...(await all.look(prefix)), unfinished: [] }) }
process.stdout.write('begins\n')
for (;;) {
  await sweep({ store, blobs }, -1)
  process.stdout.write('swept\n')
}
