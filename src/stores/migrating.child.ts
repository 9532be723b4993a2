import { openSqliteLedger } from './sqlite.ts'

// A process for sqlite-migrations.test.ts that is killed while it brings a ledger up to date.
const [file = ''] = process.argv.slice(2)
process.stdout.write('begins\n')
await (await openSqliteLedger(file)).close()
