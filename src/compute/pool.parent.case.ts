/**
 * A process that has a pool, to be killed or left to itself by the pool's tests: it prints the pids below it; with `spin
 * <file>` its child then makes the file and spins, with `idle` there is nothing left to do and the pool stays open.
 * @module
 */
import { createPool } from './pool.ts'

const [mode, file] = process.argv.slice(2)
const pool = createPool({
  entry: new URL('pool.child.case.ts', import.meta.url),
  size: 1,
  memoryLimitMb: 1000,
  deadlineMs: 1_000_000,
})

await pool.run('print', 'a child prints this')
console.log(JSON.stringify(await pool.run('startSleeper', null)))
if (mode === 'spin') await pool.run('markAndSpin', file)
