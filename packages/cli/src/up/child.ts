import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import process from 'node:process'
import { PlainError } from '../plain-error.ts'

export interface ChildOrder {
  /** What follows `node`. */
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Where its standard output and error go, after those of earlier starts. */
  readonly logFile: string
  /** How it is asked to end: by the signal of an orchestrator, or by closing its channel. */
  readonly endBy: 'SIGTERM' | 'channel'
}

export interface Child {
  readonly process: ChildProcess
  /** Resolves when it has ended, to `code 0` or the signal's name. */
  readonly ended: Promise<string>
}

/** The processes that this one started. None outlives it: each has a channel, and ends when that closes. */
export interface Children {
  start(order: ChildOrder): Child
  /** Ends all, the last started first. Asked twice, it ends them once. */
  stop(): Promise<void>
}

/** Milliseconds that a child has to end in before it is killed. */
const patienceMs = 20_000

function openLog(file: string): number {
  try {
    return openSync(file, 'a')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(`${file} can't be written: ${reason}. Make room there or allow writing, then start again.`)
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
    start: ({ argv, env, logFile, endBy }) => {
      if (stopping) throw new PlainError('Stopped before everything had started.')
      const log = openLog(logFile)
      // Detached: Ctrl-C reaches this process alone, which then ends its children in order.
      const child = spawn(process.execPath, argv, { env, detached: true, stdio: ['ignore', log, log, 'ipc'] })
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
