import type { Fault } from './lab.ts'
import { isWorker } from './processes.ts'
import { takenUp } from './taken-up.ts'

const fault: Fault = {
  name: 'worker-killed',
  what: 'both workers killed while they read, until ten documents have lost theirs',
  run: (lab) => takenUp(lab, { times: 10, victims: (site) => site.processes(isWorker), mostSeconds: 12 }),
}
export default fault
