import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import type { Child, Children } from './child.ts'
import { choosePort } from './free-port.ts'
import { wordsOfLog } from './log-words.ts'

export interface AgentServer {
  /** URL of the server for people. */
  readonly url: string
  /** URL of the server for this command: `localhost` may also mean `::1`, where another program may listen. */
  readonly ownUrl: string
  readonly child: Child
  readonly logFile: string
  /** Why the server does not listen on the default port. Undefined if it does. */
  readonly because: string | undefined
}

/** Maximum time until the server of `hadal up` is ready, in milliseconds. On a slow machine its imports take long. */
const patienceMs = 60_000

/** Options of the server's two programs: the migration and the server itself. */
export interface ServerOrder {
  /** Root of the repository with the server's source. The server is started by its path, so that this command need not depend on its package. */
  readonly root: string
  /** Folder for the log files of the server's programs. */
  readonly state: string
  readonly env: NodeJS.ProcessEnv
  /** Working directory of the server's programs. Default: that of this process. */
  readonly cwd?: string
  readonly children: Children
}

function startServerProgram(
  { root, env, cwd, children }: ServerOrder,
  argv: readonly string[],
  logFile: string,
): Child {
  const withParent = ['--import', join(import.meta.dirname, 'with-parent.ts')]
  const program = join(root, 'packages/runtime/src/main.ts')
  return children.start({ argv: [...withParent, program, ...argv], env, cwd, logFile, endBy: 'SIGTERM' })
}

const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

const wordsSince = (logFile: string, from: number): string =>
  wordsOfLog(readFileSync(logFile).subarray(from).toString('utf8'))

/** Migrates the database. @throws PlainError with the end of the log if the migration fails */
export async function migrate(order: ServerOrder): Promise<void> {
  const logFile = join(order.state, 'migrate.log')
  const from = size(logFile)
  const how = await startServerProgram(order, ['migrate'], logFile).ended
  if (how !== 'code 0') {
    throw new PlainError(
      `The migration of the database failed with ${how}.\n${wordsSince(logFile, from)}\nSee the log: ${logFile}`,
    )
  }
}

/** Maximum number of ports to try for the server, if another program takes a chosen port before the server listens on it. */
const mostPorts = 5

/**
 * Starts the agent server and waits until it is ready.
 *
 * @param wanted the port that the user requested. Default: 8000 or the next free port
 * @throws PlainError with the end of the server's log if the server exits before it is ready, or is not ready in time
 */
export async function startAgentServer(order: ServerOrder, wanted: number | undefined): Promise<AgentServer> {
  for (let attempt = 1; ; attempt += 1) {
    const { port, because } = await choosePort(wanted)
    const logFile = join(order.state, 'server.log')
    const from = size(logFile)
    const child = startServerProgram(
      { ...order, env: { ...order.env, PORT: String(port) } },
      ['serve', '--studio'],
      logFile,
    )
    const outcome = await Promise.race([ready(child), child.ended])
    if (outcome === 'ready')
      return { url: `http://localhost:${port}`, ownUrl: `http://127.0.0.1:${port}`, child, logFile, because }
    const words = wordsSince(logFile, from)
    if (outcome === 'late') {
      throw new PlainError(
        `The agent server was not ready after ${patienceMs / 1000} s. ${words}\nSee the log: ${logFile}`,
      )
    }
    // In the seconds between the choice of a port and the server's start, another program may take the port.
    const taken = words.includes(`Port ${port} for `)
    if (taken && wanted === undefined && attempt < mostPorts) continue
    throw new PlainError(`The agent server exited with ${outcome}.\n${words}\nSee the log: ${logFile}`)
  }
}

/** Waits for the server's message on its IPC channel. Polling its port could reach another program. */
async function ready({ process: child }: Child): Promise<'ready' | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patienceMs)
    // The exit of the server is handled elsewhere; the timer must not keep this process alive.
    timer.unref()
  })
  const said = new Promise<'ready'>((resolve) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) resolve('ready')
    })
  })
  return await Promise.race([said, late]).finally(() => clearTimeout(timer))
}
