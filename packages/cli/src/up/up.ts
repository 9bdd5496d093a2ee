import { join, relative } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { PlainError } from '../plain-error.ts'
import { type ProcessEnvironment, readProcessEnvironment } from '../process-environment.ts'
import { repositoryRoot } from '../repository-root.ts'
import { migrate, startAgentServer } from './agent-server.ts'
import { createChildren } from './child.ts'
import { startDatabase } from './database.ts'
import { countThreads, demonstrate, demonstratedAgent } from './demonstration.ts'
import { choosePort } from './free-port.ts'
import { nextSteps } from './next-steps.ts'
import { renderAll } from './render-all.ts'
import { createTerminal, type Terminal } from './terminal.ts'

export interface UpOptions {
  /** Whether `hadal up` exits when the demonstration's run has ended. */
  readonly once: boolean
  /** Port of the server. Default: 8000 or the next free port. */
  readonly port?: number | undefined
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const modelLine = ({ defaultModel, anthropicKey, openaiKey }: ProcessEnvironment): string => {
  if (defaultModel) return `The model ${defaultModel} answers, because MODEL_DEFAULT is set.`
  if (anthropicKey) return "Anthropic's model answers, because ANTHROPIC_API_KEY is set."
  if (openaiKey) return "OpenAI's model answers, because OPENAI_API_KEY is set."
  return `A scripted model answers, because none of ANTHROPIC_API_KEY, OPENAI_API_KEY and MODEL_DEFAULT is set.
  The server, the search, the files and the approval are real.`
}

const foundThreads = (count: number): string => (count === 1 ? '1 thread' : `${count} threads`)

const serverVariables = (root: string, databaseUrl: string) =>
  ({
    DATABASE_URL: databaseUrl,
    // The server has no authentication here, so it must not be reachable from the network.
    HOST: '127.0.0.1',
    METRICS_PORT: '0',
    AGENTS_CONFIG: join(root, 'packages/agents/langgraph.json'),
    DOCUMENTS_FOLDER: join(root, 'docs'),
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
export async function up({ once, port }: UpOptions): Promise<number> {
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
    const work = start(terminal, environment, children, { once, port })
    // Stopping the children makes the work fail. That error is ignored.
    work.catch(() => {})
    const outcome = await Promise.race([work, interrupted])
    // Ctrl-C is the normal way to stop `hadal up`. With --once it is a failure.
    return outcome === 'interrupted' && once ? 130 : 0
  } finally {
    await children.stop()
  }
}

async function start(
  terminal: Terminal,
  environment: ProcessEnvironment,
  children: ReturnType<typeof createChildren>,
  { once, port }: UpOptions,
): Promise<void> {
  const root = repositoryRoot(process.cwd())
  const state = join(root, '.hadal')
  terminal.line(`\n${terminal.style('bold', 'Hadal')}\n`)
  await renderAll(terminal, root)

  // Fails before anything starts if the requested port is not available.
  if (port !== undefined) await choosePort(port)
  let databaseUrl = ''
  let reused = false
  await terminal.step('starting PostgreSQL', async () => {
    const database = await startDatabase(state, environment.forChildren, children)
    databaseUrl = database.url
    reused = database.reused
    const inside = relative(root, database.folder)
    return `PostgreSQL on port ${database.port}, its data in ${inside.startsWith('..') ? database.folder : inside}`
  })
  const env = { ...environment.forChildren, ...serverVariables(root, databaseUrl) }
  const order = { root, state, env, children }
  await terminal.step('migrating the database', async () => {
    await migrate(order)
    return 'database migrated'
  })
  let url = ''
  let ownUrl = ''
  let because: string | undefined
  let serverGone: Promise<never> = new Promise(() => {})
  await terminal.step('starting the agent server', async () => {
    const server = await startAgentServer(order, port)
    url = server.url
    ownUrl = server.ownUrl
    because = server.because
    serverGone = server.child.ended.then((how) => {
      throw new PlainError(`The agent server exited with ${how}. See the log: ${server.logFile}`)
    })
    serverGone.catch(() => {})
    return `agent server on ${url}`
  })
  if (because) terminal.line(`      ${because}`)
  if (reused) terminal.line(`      found ${foundThreads(await countThreads(ownUrl))} of earlier starts`)

  const agent = await demonstratedAgent(ownUrl)
  terminal.line(`\n  Demonstration: one durable run of the agent "${agent}", through the official client.`)
  terminal.line(`  ${modelLine(environment)}\n`)
  const threadId = await demonstrate(terminal, ownUrl, agent).catch(async (error: unknown) => {
    // If the server has exited, its error is reported instead of the client's.
    await Promise.race([serverGone, pause(1000)])
    const reason = error instanceof Error ? error.message : String(error)
    throw error instanceof PlainError ? error : new PlainError(`The stream of the run failed: ${reason}`)
  })
  if (once) return
  terminal.line(`\n${nextSteps(url, threadId, agent)}`)
  terminal.line(`The server is still running; its log is .hadal/server.log. Ctrl-C stops it and its database.`)
  await serverGone
}
