import type { Fault } from './lab.ts'
import { readersIn } from './processes.ts'
import { takenUp } from './taken-up.ts'

const fault: Fault = {
  name: 'child-killed',
  what: 'the children of both workers killed while they read, until five documents have lost theirs',
  run: (lab) => takenUp(lab, { times: 5, victims: ({ folder }) => readersIn(folder), mostSeconds: 12 }),
}
export default fault
