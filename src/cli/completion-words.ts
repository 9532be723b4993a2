import type { Command } from 'commander'

/** An option as it is completed. */
export interface OptionWords {
  /** `--format`, and `-f` where there is one. */
  readonly names: readonly string[]
  readonly description: string
  readonly takesValue: boolean
  /** The values that it takes; empty where any. */
  readonly choices: readonly string[]
}

/** What may follow a command. */
export interface CommandWords {
  /** Its names from the program on, such as `jobs list`; empty for the program. */
  readonly path: string
  readonly commands: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly OptionWords[]
}

const optionsOf = (command: Command): readonly OptionWords[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ short, long, description, required, optional, argChoices = [] }) => ({
      names: [short, long].filter((name) => name !== undefined),
      description,
      takesValue: required || optional,
      choices: argChoices,
    }))

/** Every command of a program with what may follow it, the program first. */
export function completionWords(command: Command, path = ''): readonly CommandWords[] {
  const commands = command.commands.map((one) => ({ name: one.name(), description: one.description() }))
  const below = command.commands.flatMap((one) => completionWords(one, `${path} ${one.name()}`.trim()))
  return [{ path, commands, options: optionsOf(command) }, ...below]
}
