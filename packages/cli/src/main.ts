#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { Command } from 'commander'
import { checkCommand } from './check/check-command.ts'
import { diffCommand } from './diff/diff-command.ts'
import { newCommand } from './new/new-command.ts'
import { PlainError } from './plain-error.ts'
import { promoteCommand } from './promote/promote-command.ts'
import { releaseCommand } from './release/release-command.ts'
import { renderCommand } from './render/render-command.ts'
import { upCommand } from './up/up-command.ts'

/** A fault of our own code, which nobody can mend by reading a sentence: where it happened helps whoever reports it. */
function fault(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = /\(?((?:file:|\/)[^\s()]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1]
  return place ? `${error.message} (${place})` : error.message
}

// Half of a cold `hadal render` was compiling modules that had not changed since the last one.
enableCompileCache(join(import.meta.dirname, '../../../.hadal/compile-cache'))

// `hadal check prod | head`: a reader that has enough is no fault of anybody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const program = new Command('hadal').description('LangChain Deep Agents in production on Kubernetes').helpCommand(false)
// A command's own code is imported when it is called: `hadal render` does not wait for what `hadal up` needs.
const commands = [upCommand, newCommand, renderCommand, diffCommand, checkCommand, promoteCommand, releaseCommand]
for (const command of commands) program.addCommand(command())

try {
  await program.parseAsync()
} catch (error) {
  const mendable = error instanceof PlainError || error instanceof EnvironmentProblems
  process.stderr.write(`hadal: ${mendable ? error.message : fault(error)}\n`)
  process.exitCode = 1
}
