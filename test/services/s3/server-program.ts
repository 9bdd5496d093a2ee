import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { inheritedVariables } from '@hadal/runtime/fixtures/inherited-variables'

/** A running program that serves HTTP or a protocol of its own. */
export interface ServerProgram {
  /** Waits until a look returns true. @throws Error with the program's messages if the program ends before */
  until(look: () => Promise<boolean>): Promise<void>
  /** Kills the program and waits for its end. What it has stored is in a temporary folder, so nothing needs its orderly end. */
  kill(): Promise<void>
}

/** Maximum time in milliseconds of {@link ServerProgram.until}: ten times what the slowest program takes on a busy machine. */
const startsWithinMs = 180_000

/** Starts a program, whose environment is only `env` and PATH. */
export function startProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ServerProgram {
  const child = spawn(program, args, {
    env: { PATH: inheritedVariables.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let messages = ''
  child.stderr.on('data', (chunk) => {
    messages = `${messages}${chunk}`.slice(-10_000)
  })
  const ended = once(child, 'exit')
  return {
    async until(look) {
      await eventually(
        async () => {
          if (child.exitCode !== null)
            throw new Error(`${basename(program)} ended with ${child.exitCode}:\n${messages}`)
          return look()
        },
        (holds) => holds,
        startsWithinMs,
      )
    },
    async kill() {
      if (child.exitCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}

/** Whether a server answers HTTP. */
export const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  )
