import { setTimeout as pause } from 'node:timers/promises'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'

/** A server with a supervisor that restarts it whenever its process ends, like a kubelet. */
export interface SupervisedServer {
  /** The server's current process. */
  readonly current: ServerProcess
  /** All server processes that the supervisor started, including the current one. */
  readonly lives: readonly ServerProcess[]
  /** Descriptions of ends of the server's process that the test did not cause. */
  readonly unexpectedEnds: readonly string[]
  /** Sends a signal to the server's process, and waits until the next process is ready. */
  replace(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Pauses the server's process with SIGSTOP for the given number of milliseconds. */
  pauseFor(ms: number): Promise<void>
  /** Ends the server's process and its supervision. Default signal: SIGKILL. */
  stop(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/**
 * Milliseconds between the end of a server process and the start of the next one. The pause limits the number of starts while the database is
 * unavailable.
 */
const restartAfterMs = 300

export interface Supervision {
  readonly variables: Readonly<Record<string, string>>
  /** Whether the server's process may end by itself, for example because a run kills it. */
  readonly mayEnd?: boolean
  /** Starts the server's process. Default: the server of this checkout. */
  readonly start?: (variables: Readonly<Record<string, string>>) => Promise<ServerProcess>
}

export async function superviseServer({
  variables,
  mayEnd = false,
  start = startServerProcess,
}: Supervision): Promise<SupervisedServer> {
  const lives: ServerProcess[] = []
  const unexpectedEnds: string[] = []
  let current = await start(variables)
  lives.push(current)
  let expected: ServerProcess | undefined
  let stopped = false
  let ready = Promise.withResolvers<void>()

  async function supervise(): Promise<void> {
    for (;;) {
      const code = await ended(current)
      if (stopped) return
      if (expected !== current && !mayEnd) {
        unexpectedEnds.push(`process ${current.process.pid} ended with ${code}: ${current.log.slice(-3).join('\n')}`)
      }
      const next = await startAgain()
      if (!next) return
      current = next
      lives.push(next)
      ready.resolve()
      ready = Promise.withResolvers()
    }
  }
  async function startAgain(): Promise<ServerProcess | undefined> {
    while (!stopped) {
      await pause(restartAfterMs)
      const next = await start(variables).catch(() => undefined)
      if (next && stopped) await next.end('SIGKILL')
      else if (next) return next
    }
    return undefined
  }
  const supervision = supervise()

  return {
    get current() {
      return current
    },
    lives,
    unexpectedEnds,
    async replace(signal) {
      expected = current
      const next = ready.promise
      await current.end(signal)
      await next
    },
    async pauseFor(ms) {
      const { process } = current
      process.kill('SIGSTOP')
      try {
        await pause(ms)
      } finally {
        process.kill('SIGCONT')
      }
    },
    async stop(signal = 'SIGKILL') {
      stopped = true
      current.process.kill('SIGCONT')
      await current.end(signal)
      await supervision
    },
  }
}

function ended({ process }: ServerProcess): Promise<number | string | null> {
  if (process.exitCode !== null || process.signalCode !== null) {
    return Promise.resolve(process.exitCode ?? process.signalCode)
  }
  return new Promise((resolve) => process.once('exit', (code, signal) => resolve(code ?? signal)))
}
