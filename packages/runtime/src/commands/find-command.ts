/** Arguments of a command, after its name. */
export interface GivenArguments {
  /** The argument that is not an option, such as the id of a key; undefined if the command has none. */
  readonly argument: string | undefined
  /** Values of the options by name, without the dashes. */
  readonly options: ReadonlyMap<string, string>
  /** Names of the options without a value that were given. */
  readonly flags: ReadonlySet<string>
}

/** A command of the program `hadal-runtime`. */
export interface Command {
  /** One or two words. */
  readonly name: string
  /** Name of the argument that is not an option, such as `KEY_ID`. */
  readonly argument?: string
  /** Whether the argument may be missing. Default: false. */
  readonly argumentIsOptional?: boolean
  /** Options by name, without the dashes: the name of the value, such as `USER`, or null for an option without a value. */
  readonly options?: Readonly<Record<string, string | null>>
  /** Whether the command is started by the program itself, so that it is not listed. */
  readonly internal?: boolean
  run(given: GivenArguments): Promise<void>
}

/**
 * Returns the command that words name, and its arguments.
 *
 * @throws Error with one sentence that says what is allowed
 */
export function findCommand(
  words: readonly string[],
  commands: readonly Command[],
): { command: Command; given: GivenArguments } {
  const command = commands.find(({ name }) => {
    const own = name.split(' ')
    return own.every((word, index) => words[index] === word)
  })
  if (!command) {
    const names = commands.filter(({ internal }) => !internal).map(({ name }) => name)
    throw new Error(`unknown command "${words.join(' ')}". The commands are ${names.join(', ')}.`)
  }
  return { command, given: givenArguments(words.slice(command.name.split(' ').length), command) }
}

/** @throws Error with one sentence that says what is allowed */
function givenArguments(words: readonly string[], command: Command): GivenArguments {
  const allowed = new Map(Object.entries(command.options ?? {}))
  const options = new Map<string, string>()
  const flags = new Set<string>()
  const others: string[] = []
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('--')) {
      others.push(word)
      continue
    }
    const [name = '', ...parts] = word.slice(2).split('=')
    const valueName = allowed.get(name)
    if (valueName === undefined) throw new Error(`unknown option "--${name}". ${usage(command)}`)
    if (options.has(name) || flags.has(name)) throw new Error(`the option --${name} is given twice. ${usage(command)}`)
    if (valueName === null) {
      if (parts.length > 0) throw new Error(`the option --${name} has no value. ${usage(command)}`)
      flags.add(name)
      continue
    }
    const value = parts.length > 0 ? parts.join('=') : rest[0]?.startsWith('--') ? undefined : rest.shift()
    if (value === undefined || value === '') throw new Error(`the option --${name} needs a value. ${usage(command)}`)
    options.set(name, value)
  }
  const [argument, surplus] = others
  if (command.argument === undefined && argument !== undefined) {
    throw new Error(`unknown argument "${argument}". ${usage(command)}`)
  }
  if (surplus !== undefined) throw new Error(`unknown argument "${surplus}". ${usage(command)}`)
  if (command.argument !== undefined && argument === undefined && !command.argumentIsOptional) {
    throw new Error(`${command.argument} is missing. ${usage(command)}`)
  }
  return { argument, options, flags }
}

/** The form of a command, such as `hadal-runtime keys rotate KEY_ID [--overlap-hours HOURS]`. */
function form({ name, argument, argumentIsOptional = false, options = {} }: Command): string {
  const shown = argumentIsOptional ? `[${argument}]` : argument
  const written = Object.entries(options).map(([option, value]) => `[--${option}${value === null ? '' : ` ${value}`}]`)
  return `hadal-runtime ${[name, ...(argument === undefined ? [] : [shown]), ...written].join(' ')}`
}

/** A sentence with the form of a command. */
export const usage = (command: Command): string => `Usage: ${form(command)}.`

/** The output of `hadal-runtime --help`: one line per command. */
export const help = (commands: readonly Command[]): string =>
  commands
    .filter(({ internal }) => !internal)
    .map((command) => `${form(command)}\n`)
    .join('')
