import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import type { Child, Children } from './child.ts'
import { choosePort } from './free-port.ts'
import { wordsOfLog } from './log-words.ts'

export interface AgentServer {
  readonly url: string
  readonly child: Child
  readonly logFile: string
  /** Why the server does not listen on the usual port; undefined where it does. */
  readonly because: string | undefined
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

/** How often another port is tried when a program took the chosen one in the meantime. */
const mostPorts = 5

/**
 * Starts the server and waits until it is ready.
 *
 * @param wanted the port that the user asked for; without it 8000 or the next free port
 * @throws PlainError with the server's own words when the server ends before it is ready, or is not ready in time
 */
export async function startAgentServer(order: ServerOrder, wanted: number | undefined): Promise<AgentServer> {
  for (let attempt = 1; ; attempt += 1) {
    const { port, because } = await choosePort(wanted)
    const logFile = join(order.state, 'server.log')
    const from = size(logFile)
    const child = startServerProgram({ ...order, env: { ...order.env, PORT: String(port) } }, [], logFile)
    const outcome = await Promise.race([ready(child), child.ended])
    if (outcome === 'ready') return { url: `http://localhost:${port}`, child, logFile, because }
    const words = wordsSince(logFile, from)
    if (outcome === 'late') {
      throw new PlainError(
        `The agent server was not ready after ${patienceMs / 1000} s. ${words}\nIts log is ${logFile}.`,
      )
    }
    // Between the choice of a port and the server's start lie seconds, in which another program may take the port.
    const taken = words.includes(`Port ${port} for `)
    if (taken && wanted === undefined && attempt < mostPorts) continue
    throw new PlainError(`The agent server ended with ${outcome}.\n${words}\nIts log is ${logFile}.`)
  }
}

/** Waits for the server's own word on its channel: on its port another program could answer. */
async function ready({ process: child }: Child): Promise<'ready' | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patienceMs)
    // A server that ended is heard of elsewhere: nothing waits for this then.
    timer.unref()
  })
  const said = new Promise<'ready'>((resolve) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) resolve('ready')
    })
  })
  return await Promise.race([said, late]).finally(() => clearTimeout(timer))
}
