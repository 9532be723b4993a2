import { join } from 'node:path'
import { fileBlobs } from '../../stores/file-blobs.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { operations, type Operation } from './killed.case.ts'

// A process for killed.test.ts that ends itself by SIGKILL at the n-th place where it matters, or says what it has done.
const [home = '', operation = '', nth = '0'] = process.argv.slice(2)

const writes = ['put', 'delete', 'discard', 'submitAll', 'removeBlob', 'compact']
let places = 0

async function pass(): Promise<void> {
  if (++places !== Number(nth)) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
}

type Method = (...given: readonly unknown[]) => Promise<unknown>

/** A port with a place before each write, and after it where it is part of another one. */
const mortal = <T extends object>(port: T, isPart: boolean): T =>
  new Proxy(port, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver)
      if (!writes.includes(String(name))) return method
      return async (...given: readonly unknown[]) => {
        await pass()
        const answer = await (method as Method).call(target, ...given)
        if (isPart) await pass()
        return answer
      }
    },
  })

const store = mortal(await openSqliteLedger(join(home, 'ledger.sqlite')), false)
const blobs = mortal(fileBlobs(join(home, 'blobs')), true)
process.stdout.write(await operations[operation as Operation]({ store, blobs }))
await store.close()
