import type { CommandWords, OptionWords } from './completion-words.ts'

type Script = (commands: readonly CommandWords[]) => string

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const wordsOf = ({ commands, options }: CommandWords): readonly string[] => [
  ...commands.map(({ name }) => name),
  ...options.flatMap(({ names }) => names),
]

/** Each option that takes a value, as it stands behind its command. */
const withValue = ({ path, options }: CommandWords): readonly (readonly [string, OptionWords])[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .flatMap((option) => option.names.map((name) => [`${path} ${name}`.trim(), option] as const))

/** Finds the command that is written, then completes what may follow it; where nothing fits, the shell names files. */
const bash: Script = (commands) => {
  const paths = commands.slice(1).map(({ path }) => `    ${quoted(path)}) path=$next ;;`)
  const values = commands
    .flatMap(withValue)
    .map(([at, { choices }]) => `    ${quoted(at)}) words=${quoted(choices.join(' '))} ;;`)
  const all = commands.map((one) => `    ${quoted(one.path)}) words=${quoted(wordsOf(one).join(' '))} ;;`)
  return `_parallax() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path= next= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${path:+$path }\${COMP_WORDS[i]}"
    case $next in
${paths.map((line) => `  ${line}`).join('\n')}
    esac
  done
  case "\${path:+$path }$previous" in
${values.join('\n')}
    *) case $path in
${all.map((line) => `  ${line}`).join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _parallax parallax
`
}

/** By the completion of bash, which zsh has as a module. */
const zsh: Script = (commands) => `#compdef parallax
autoload -U +X compinit && compinit -u
autoload -U +X bashcompinit && bashcompinit
${bash(commands)}`

/** True in fish where the words so far begin with a command, and no command of its own follows. */
function fishCondition({ path, commands }: CommandWords): string {
  if (path === '') return '__fish_use_subcommand'
  const seen = path.split(' ').map((name) => `__fish_seen_subcommand_from ${name}`)
  const below = commands.map(({ name }) => name)
  const notYet = below.length > 0 ? [`not __fish_seen_subcommand_from ${below.join(' ')}`] : []
  return [...seen, ...notYet].join('; and ')
}

function fishOption({ names, description, takesValue, choices }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : ''
  return `${flags.join(' ')}${value} -d ${quoted(description)}`
}

const fish: Script = (commands) =>
  commands
    .flatMap((one) => {
      const line = `complete -c parallax -n ${quoted(fishCondition(one))}`
      return [
        ...one.commands.map(({ name, description }) => `${line} -f -a ${name} -d ${quoted(description)}`),
        ...one.options.map((option) => `${line} ${fishOption(option)}`),
      ]
    })
    .join('\n') + '\n'

/** What makes a shell complete the words of the command line, by the shell's name. */
export const completionScripts = { bash, zsh, fish } as const satisfies Readonly<Record<string, Script>>

export type Shell = keyof typeof completionScripts
