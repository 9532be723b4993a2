import { Argument, type Command } from 'commander'
import { completionScripts, type Shell } from './completion-scripts.ts'
import { completionWords } from './completion-words.ts'

const shells = Object.keys(completionScripts)

async function print(shell: Shell): Promise<void> {
  const { createProgram } = await import('./program.ts')
  process.stdout.write(completionScripts[shell](completionWords(await createProgram())))
}

export function completionCommand(program: Command): void {
  program
    .command('completion')
    .description('print what makes a shell complete the words of this command')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action(print)
}
