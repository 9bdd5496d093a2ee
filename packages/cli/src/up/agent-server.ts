import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PlainError } from '../plain-error.ts'
import type { Child, Children } from './child.ts'
import { wordsOfLog } from './log-words.ts'

export interface AgentServer {
  readonly url: string
  readonly child: Child
  readonly logFile: string
}

/** Milliseconds until the server must be ready: on a slow machine it compiles nothing, but imports a lot. */
const patienceMs = 60_000

/** What both programs of the server need to start. */
export interface ServerOrder {
  /** The repository's root: the server is started by its path, since this command must not carry its dependencies. */
  readonly root: string
  /** The folder of the logs. */
  readonly state: string
  readonly env: NodeJS.ProcessEnv
  readonly children: Children
}

function startServerProgram({ root, env, children }: ServerOrder, argv: readonly string[], logFile: string): Child {
  const withParent = ['--import', join(import.meta.dirname, 'with-parent.ts')]
  const program = join(root, 'packages/runtime/src/main.ts')
  return children.start({ argv: [...withParent, program, ...argv], env, logFile, endBy: 'SIGTERM' })
}

const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

const wordsSince = (logFile: string, from: number): string =>
  wordsOfLog(readFileSync(logFile).subarray(from).toString('utf8'))

/** Brings the database's tables up to date. */
export async function migrate(order: ServerOrder): Promise<void> {
  const logFile = join(order.state, 'migrate.log')
  const from = size(logFile)
  const how = await startServerProgram(order, ['migrate'], logFile).ended
  if (how !== 'code 0') {
    throw new PlainError(
      `hadal-runtime migrate ended with ${how}.\n${wordsSince(logFile, from)}\nIts log is ${logFile}.`,
    )
  }
}

/**
 * Starts the server and waits until it is ready.
 * @throws PlainError with what the server said when it ends before that, or is not ready in time
 */
export async function startAgentServer(order: ServerOrder, port: number): Promise<AgentServer> {
  const logFile = join(order.state, 'server.log')
  const from = size(logFile)
  const child = startServerProgram({ ...order, env: { ...order.env, PORT: String(port) } }, [], logFile)
  let ended: string | undefined
  void child.ended.then((how) => {
    ended = how
  })
  const url = `http://localhost:${port}`
  for (const end = Date.now() + patienceMs; Date.now() < end; await pause(50)) {
    if (ended) {
      throw new PlainError(
        `The agent server ended with ${ended}.\n${wordsSince(logFile, from)}\nIts log is ${logFile}.`,
      )
    }
    const ready = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    if (ready?.ok) return { url, child, logFile }
  }
  throw new PlainError(
    `The agent server was not ready after ${patienceMs / 1000} s. ${wordsSince(logFile, from)}\nIts log is ${logFile}.`,
  )
}
