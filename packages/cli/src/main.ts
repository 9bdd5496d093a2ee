#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { Command, CommanderError } from 'commander'
import { hadalCommands } from './hadal-commands.ts'
import { PlainError } from './plain-error.ts'

/** Message of an unexpected error, i.e. a bug in Hadal. It includes the place in the code, for a bug report. */
function fault(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = /\(?((?:file:|\/)[^\s()]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1]
  return place ? `${error.message} (${place})` : error.message
}

// Without the cache, half of the time of a cold `hadal render` is compilation of unchanged modules.
enableCompileCache(join(import.meta.dirname, '../../../.hadal/compile-cache'))

// A reader that closes the pipe early, as in `hadal check prod | head`, is not an error: the command continues and ends with its own status.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fail(error)
  })
}
process.on('uncaughtException', fail)

/** The real function: it is replaced while a configuration loads, and this file may end the process then. */
const exit = process.exit.bind(process)

/** Exit status for an unknown command or option, or a missing or superfluous argument. */
const wrongArguments = 2

/** Status with which the process must end. Undefined while the command runs. */
let status: number | undefined
// A configuration is code: a timer of it may call `process.exit` or set `process.exitCode` after it was loaded.
process.on('exit', setStatus)

const program = new Command('hadal').description('LangChain Deep Agents in production on Kubernetes').helpCommand(false)
for (const command of hadalCommands) program.addCommand(command())
for (const command of withSubcommands(program)) {
  command.exitOverride()
  command.showHelpAfterError(`Run "npx ${pathOf(command)} --help" for its arguments and options.`)
}

try {
  await program.parseAsync()
  status = Number(process.exitCode ?? 0)
} catch (error) {
  // Commander has already printed its message.
  if (error instanceof CommanderError) status = error.exitCode === 0 ? 0 : wrongArguments
  else fail(error)
}
// Exits explicitly, because a timer of a configuration could keep the process alive. The listener moves behind those of configurations.
process.removeListener('exit', setStatus).on('exit', setStatus)
for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write('', resolve))
exit()

function setStatus(): void {
  if (status === undefined) process.stderr.write('hadal: The process was ended before the command had finished.\n')
  process.exitCode = status ?? 1
}

/** The words that call a command, e.g. `hadal new agent`. */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

/** Prints the error and ends the process with status 1. */
function fail(error: unknown): void {
  const mendable = error instanceof PlainError || error instanceof EnvironmentProblems
  process.stderr.write(`hadal: ${mendable ? error.message : fault(error)}\n`)
  status = 1
  exit()
}
