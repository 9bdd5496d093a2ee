import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import process from 'node:process'
import { PlainError } from '../plain-error.ts'

export interface ChildOrder {
  /** Arguments of `node` for a child process. */
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Working directory of a child process. Default: that of this process. */
  readonly cwd?: string | undefined
  /** File to which a child process appends standard output and standard error. */
  readonly logFile: string
  /** How a child process is stopped: by SIGTERM, or by closing its IPC channel. */
  readonly endBy: 'SIGTERM' | 'channel'
}

export interface Child {
  readonly process: ChildProcess
  /** Resolves when the child has exited: to `code <number>` or the name of the signal. */
  readonly ended: Promise<string>
}

/** The child processes of this process. None of them outlives it: each exits when its IPC channel closes. */
export interface Children {
  start(order: ChildOrder): Child
  /** Stops all children in reverse order of their start. Further calls wait for the first one. */
  stop(): Promise<void>
}

/** Milliseconds after which a child that does not exit is killed. */
const patienceMs = 20_000

function openLog(file: string): number {
  try {
    return openSync(file, 'a')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(`${file} can't be written: ${reason}. Free disk space or allow writing, then start again.`)
  }
}

async function end({ process: child, ended }: Child, endBy: ChildOrder['endBy']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (endBy === 'SIGTERM') child.kill('SIGTERM')
  else if (child.connected) child.disconnect()
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await ended
  clearTimeout(force)
}

export function createChildren(): Children {
  const started: { child: Child; endBy: ChildOrder['endBy'] }[] = []
  let stopping: Promise<void> | undefined
  const stopAll = async (): Promise<void> => {
    for (const { child, endBy } of started.toReversed()) await end(child, endBy)
  }
  return {
    start: ({ argv, env, cwd, logFile, endBy }) => {
      if (stopping) throw new PlainError('Stopped before the start was complete.')
      const log = openLog(logFile)
      // Detached, so that Ctrl-C reaches only this process, which then stops its children in order.
      const child = spawn(process.execPath, argv, { env, cwd, detached: true, stdio: ['ignore', log, log, 'ipc'] })
      const ended = new Promise<string>((resolve) => {
        child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
        child.once('error', (error) => resolve(error.message))
      })
      started.push({ child: { process: child, ended }, endBy })
      return { process: child, ended }
    },
    stop: () => {
      stopping ??= stopAll()
      return stopping
    },
  }
}
