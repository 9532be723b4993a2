import { Argument, type Command } from 'commander'
import { completionScripts, type Shell } from './completion-scripts.ts'
import { completionWords } from './completion-words.ts'

const shells = Object.keys(completionScripts)

/** Of a program that has all of its commands. */
export function completionCommand(program: Command): void {
  program
    .command('completion')
    .description('print what makes a shell complete the words of this command')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action((shell: Shell) => void process.stdout.write(completionScripts[shell](completionWords(program))))
}
