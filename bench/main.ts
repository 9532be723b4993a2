import { Command } from 'commander'
import { ParallaxError } from '../src/core/errors.ts'
import { accuracyCommand } from './accuracy.ts'
import { documentsCommand } from './documents.ts'
import { faultsCommand } from './faults.ts'
import { linesCommand } from './lines.ts'
import { queueCommand } from './queue.ts'
import { serviceCommand } from './service.ts'
import { speedCommand } from './speed.ts'
import { trustCommand } from './trust.ts'

const program = new Command('bench').description(
  'Measures accuracy, speed, the queue, the service and what it survives, beside Tesseract as people run it.',
)
const commands = [
  accuracyCommand,
  documentsCommand,
  linesCommand,
  speedCommand,
  queueCommand,
  serviceCommand,
  faultsCommand,
  trustCommand,
]
for (const add of commands) add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof ParallaxError)) throw error
  process.stderr.write(`bench: ${error.message} (${error.code})\n`)
  process.exitCode = 2
}
