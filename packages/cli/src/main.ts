#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { Command } from 'commander'
import { argocdCommand } from './argocd/argocd-command.ts'
import { checkCommand } from './check/check-command.ts'
import { diffCommand } from './diff/diff-command.ts'
import { newCommand } from './new/new-command.ts'
import { operatorsCommand } from './operators/operators-command.ts'
import { PlainError } from './plain-error.ts'
import { promoteCommand } from './promote/promote-command.ts'
import { releaseCommand } from './release/release-command.ts'
import { renderCommand } from './render/render-command.ts'
import { upCommand } from './up/up-command.ts'

/** Message of an unexpected error, i.e. a bug in Hadal. It includes the place in the code, for a bug report. */
function fault(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = /\(?((?:file:|\/)[^\s()]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1]
  return place ? `${error.message} (${place})` : error.message
}

// Without the cache, half of the time of a cold `hadal render` is compilation of unchanged modules.
enableCompileCache(join(import.meta.dirname, '../../../.hadal/compile-cache'))

// A reader that closes the pipe early, as in `hadal check prod | head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const program = new Command('hadal').description('LangChain Deep Agents in production on Kubernetes').helpCommand(false)
// Each command imports its implementation when it runs, so that `hadal render` doesn't load the dependencies of `hadal up`.
const commands = [
  upCommand,
  newCommand,
  renderCommand,
  diffCommand,
  checkCommand,
  promoteCommand,
  releaseCommand,
  argocdCommand,
  operatorsCommand,
]
for (const command of commands) program.addCommand(command())

try {
  await program.parseAsync()
} catch (error) {
  const mendable = error instanceof PlainError || error instanceof EnvironmentProblems
  process.stderr.write(`hadal: ${mendable ? error.message : fault(error)}\n`)
  process.exitCode = 1
}
