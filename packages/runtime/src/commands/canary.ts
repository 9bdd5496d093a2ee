import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { text } from 'node:stream/consumers'

/** Name of the internal command that writes the canary. */
export const canaryCommand = 'canary'

/** Settings of V8 for the child process, which imports LangGraph and runs for a second: less memory is worth more than speed. */
const smallHeap = ['--max-semi-space-size=1', '--optimize-for-size']

/**
 * Writes the canary of a restore drill in a child process with the variables of this one. The canary needs LangGraph, which takes more memory than a
 * backup of any size; the memory is free again before the backup begins.
 *
 * @throws Error with the sentence of the child process
 */
export async function writeCanaryInChild(): Promise<void> {
  const [, program = ''] = process.argv
  const child = spawn(process.execPath, [...process.execArgv, ...smallHeap, program, canaryCommand], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const errors = await text(child.stderr)
  const [code, signal] = await ended
  if (code !== 0)
    throw new Error(errors.replace(/^hadal-runtime: /, '').trim() || `its process ended with ${code ?? signal}.`)
}
