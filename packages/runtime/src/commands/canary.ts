import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { text } from 'node:stream/consumers'

/** Name of the internal command that writes the canary. */
export const canaryCommand = 'canary'

/** Heap settings of the child process: it imports LangGraph once, and needs no room for many short-lived objects. */
const smallHeap = ['--max-semi-space-size=2']

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
