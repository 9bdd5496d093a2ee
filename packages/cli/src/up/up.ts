import { join, relative, resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { PlainError } from '../plain-error.ts'
import { type ProcessEnvironment, readProcessEnvironment, withoutServers } from '../process-environment.ts'
import { repositoryRoot } from '../repository-root.ts'
import { type AgentServer, migrate, startAgentServer } from './agent-server.ts'
import { type Children, createChildren } from './child.ts'
import { type Database, startDatabase } from './database.ts'
import { countThreads, demonstrate, demonstratedAgent } from './demonstration.ts'
import { encryptionKeyFile } from './encryption-key.ts'
import { choosePort } from './free-port.ts'
import { nextSteps } from './next-steps.ts'
import { type Project, projectState, readProject } from './project.ts'
import { renderAll } from './render-all.ts'
import { showGraphs } from './show-graphs.ts'
import { createTerminal, type Terminal } from './terminal.ts'

export interface UpOptions {
  /** Whether `hadal up` exits when the demonstration's run has ended. */
  readonly once: boolean
  /** Port of the server. Default: 8000 or the next free port. */
  readonly port?: number | undefined
  /** Path of the langgraph.json of a project of the user's own. Default: the agents of the repository. */
  readonly config?: string | undefined
  /** Host names by which clients may call the server, besides those of the loopback addresses. */
  readonly allowedHosts: readonly string[]
  /** Origins whose web pages may call the server, besides those on loopback addresses. */
  readonly allowedOrigins: readonly string[]
}

/** Root of the repository that contains this program and the server's source. */
const sourceRoot = resolve(import.meta.dirname, '../../../..')

/** Names of the loopback addresses in URLs. Web pages that the developer's machine serves may call the server. */
const loopback = ['localhost', '127.0.0.1', '[::1]']

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const modelLine = ({ defaultModel, anthropicKey, openaiKey }: ProcessEnvironment): string => {
  if (defaultModel) return `The model ${defaultModel} answers, because MODEL_DEFAULT is set.`
  if (anthropicKey) return "Anthropic's model answers, because ANTHROPIC_API_KEY is set."
  if (openaiKey) return "OpenAI's model answers, because OPENAI_API_KEY is set."
  return `A scripted model answers, because none of ANTHROPIC_API_KEY, OPENAI_API_KEY and MODEL_DEFAULT is set.
  The server, the search, the files and the approval are real.`
}

const foundThreads = (count: number): string => (count === 1 ? '1 thread' : `${count} threads`)

const serverVariables = (
  database: Pick<Database, 'applicationUrl' | 'loopsUrl'>,
  { allowedHosts, allowedOrigins }: UpOptions,
) =>
  ({
    DATABASE_URL: database.applicationUrl,
    DATABASE_LOOPS_URL: database.loopsUrl,
    // The server lets LangGraph Studio in without a check, and everyone if the project has no sign-in, so it must not be reachable from the network.
    HOST: '127.0.0.1',
    // Nor by any web page that the developer opens: the server adds these names to those of the loopback addresses, and refuses all others.
    ALLOWED_HOSTS: allowedHosts.join(','),
    CORS_ALLOW_ORIGINS: [...loopback.map((name) => `http://${name}:*`), ...allowedOrigins].join(','),
    METRICS_PORT: '0',
    // One developer uses the server, with user interfaces that ask often.
    REQUEST_LIMIT_PER_MINUTE: '0',
    // There is no load balancer, so the server may stop at once.
    DRAIN_SERVE_SECONDS: '0',
    DRAIN_SECONDS: '10',
  }) satisfies Partial<Record<keyof ContainerVariables, string>>

/**
 * Implements `hadal up`: renders and validates every environment, starts PostgreSQL and the agent server, and runs one agent. It stops all its
 * child processes before it returns.
 *
 * @returns the exit status
 * @throws PlainError or EnvironmentProblems for problems that the user can fix
 */
export async function up(options: UpOptions): Promise<number> {
  const { once, config } = options
  const environment = readProcessEnvironment()
  const terminal = createTerminal(process.stdout, environment.colour)
  const children = createChildren()
  const interrupted = new Promise<'interrupted'>((resolve) => {
    const onSignal = (): void => {
      // npm forwards Ctrl-C to a process that already received it, so further signals are ignored.
      terminal.line('\n  Stopping.')
      for (const signal of signals) process.removeListener(signal, onSignal).on(signal, () => {})
      resolve('interrupted')
    }
    for (const signal of signals) process.on(signal, onSignal)
    // If the reader of the output is gone, as in `hadal up | head`, nobody sees the server's address.
    process.stdout.once('error', onSignal)
  })
  try {
    const project = config === undefined ? undefined : readProject(config)
    const work = project
      ? startProject(terminal, environment, children, options, project)
      : start(terminal, environment, children, options)
    // Stopping the children makes the work fail. That error is ignored.
    work.catch(() => {})
    const outcome = await Promise.race([work, interrupted])
    // Ctrl-C is the normal way to stop `hadal up`. With --once it is a failure.
    return outcome === 'interrupted' && once ? 130 : 0
  } finally {
    await children.stop()
  }
}

/** The started database and agent server. */
interface Started {
  readonly server: AgentServer
  /** Whether the database has the data of an earlier start. */
  readonly reused: boolean
  /** Rejects when the server exits. */
  readonly serverGone: Promise<never>
}

interface StartOptions {
  /** Root of the repository with the server's source. */
  readonly root: string
  readonly terminal: Terminal
  readonly children: Children
  /** Folder for data and logs. */
  readonly state: string
  /** Folder to which shown paths are relative. */
  readonly shownFrom: string
  /** Environment of the server without the address of its database. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  readonly asked: UpOptions
}

/** Starts PostgreSQL, migrates it and starts the agent server. */
async function startServer(options: StartOptions): Promise<Started> {
  const { terminal, children, state, shownFrom } = options
  const { port } = options.asked
  // Fails before anything starts if the requested port is not available.
  if (port !== undefined) await choosePort(port)
  const databases: Database[] = []
  await terminal.step('starting PostgreSQL', async () => {
    const database = await startDatabase(state, options.env, children)
    databases.push(database)
    const inside = relative(shownFrom, database.folder)
    return `PostgreSQL on port ${database.port}, its data in ${inside.startsWith('..') ? database.folder : inside}`
  })
  const [database] = databases
  if (!database) throw new PlainError('PostgreSQL did not start.')
  const { reused } = database
  const { ENCRYPTION_KEY, ENCRYPTION_KEY_FILE } = options.env
  const ownKey = ENCRYPTION_KEY || ENCRYPTION_KEY_FILE ? {} : { ENCRYPTION_KEY_FILE: encryptionKeyFile(state) }
  const env = { ...options.env, ...ownKey, ...serverVariables(database, options.asked) }
  const order = { root: options.root, state, env, children, ...(options.cwd ? { cwd: options.cwd } : {}) }
  await terminal.step('migrating the database', async () => {
    await migrate({ ...order, env: { ...env, DATABASE_OWNER_URL: database.url } })
    return 'database migrated'
  })
  const started: AgentServer[] = []
  await terminal.step('starting the agent server', async () => {
    const server = await startAgentServer(order, port)
    started.push(server)
    return `agent server on ${server.url}`
  })
  const [server] = started
  if (!server) throw new PlainError('The agent server did not start.')
  const serverGone = server.child.ended.then((how): never => {
    throw new PlainError(`The agent server exited with ${how}. See the log: ${server.logFile}`)
  })
  serverGone.catch(() => {})
  if (server.because) terminal.line(`      ${server.because}`)
  if (reused) terminal.line(`      found ${foundThreads(await countThreads(server.ownUrl))} of earlier starts`)
  return { server, reused, serverGone }
}

async function start(
  terminal: Terminal,
  environment: ProcessEnvironment,
  children: Children,
  asked: UpOptions,
): Promise<void> {
  const root = repositoryRoot(process.cwd())
  terminal.line(`\n${terminal.style('bold', 'Hadal')}\n`)
  await renderAll(terminal, root)
  const { server, serverGone } = await startServer({
    terminal,
    children,
    root,
    state: join(root, '.hadal'),
    shownFrom: root,
    env: {
      ...environment.forChildren,
      AGENTS_CONFIG: join(root, 'packages/agents/langgraph.json'),
      DOCUMENTS_FOLDER: join(root, 'docs'),
    },
    asked,
  })
  const agent = await demonstratedAgent(server.ownUrl)
  terminal.line(`\n  Demonstration: one durable run of the agent "${agent}", through the official client.`)
  terminal.line(`  ${modelLine(environment)}\n`)
  const threadId = await demonstrate(terminal, server.ownUrl, server.url, agent).catch(async (error: unknown) => {
    // If the server has exited, its error is reported instead of the client's.
    await Promise.race([serverGone, pause(1000)])
    const reason = error instanceof Error ? error.message : String(error)
    throw error instanceof PlainError ? error : new PlainError(`The stream of the run failed: ${reason}`)
  })
  if (asked.once) return
  terminal.line(`\n${nextSteps(server.url, threadId, agent)}`)
  terminal.line(`The server is still running; its log is .hadal/server.log. Ctrl-C stops it and its database.`)
  await serverGone
}

async function startProject(
  terminal: Terminal,
  environment: ProcessEnvironment,
  children: Children,
  asked: UpOptions,
  project: Project,
): Promise<void> {
  terminal.line(`\n${terminal.style('bold', 'Hadal')}  ${project.config}\n`)
  if (project.notice) terminal.line(`      ${project.notice}`)
  const { server, serverGone } = await startServer({
    terminal,
    children,
    root: sourceRoot,
    state: projectState(project),
    shownFrom: project.folder,
    env: {
      ...withoutServers(project.variables),
      ...(project.signsIn ? { ACCESS: '{"kind":"custom"}' } : {}),
      ...environment.forChildren,
      AGENTS_CONFIG: project.config,
    },
    cwd: project.folder,
    asked,
  })
  const broken = await showGraphs(terminal, server.ownUrl)
  if (asked.once && broken.length > 0) throw new PlainError(`These graphs can't be loaded: ${broken.join(', ')}.`)
  if (asked.once) return
  terminal.line(
    `\nThe server runs; its log is .hadal/server.log in ${project.folder}. Ctrl-C stops it and its database.`,
  )
  await serverGone
}
