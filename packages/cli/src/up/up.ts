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
import { countThreads, demonstrate } from './demonstration.ts'
import { choosePort } from './free-port.ts'
import { nextSteps } from './next-steps.ts'
import { renderAll } from './render-all.ts'
import { createTerminal, type Terminal } from './terminal.ts'

export interface UpOptions {
  /** End when the demonstration's run has ended. */
  readonly once: boolean
  /** The server's port; without it 8000 or a free one above it. */
  readonly port?: number | undefined
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const modelLine = ({ anthropicKey, openaiKey }: ProcessEnvironment): string => {
  if (anthropicKey) return "Anthropic's model answers, since ANTHROPIC_API_KEY is set."
  if (openaiKey) return "OpenAI's model answers, since OPENAI_API_KEY is set."
  return `A script plays the model, since neither ANTHROPIC_API_KEY nor OPENAI_API_KEY is set.
  The server, the search, the files and the approval are real.`
}

const foundThreads = (count: number): string => (count === 1 ? '1 thread' : `${count} threads`)

const serverVariables = (root: string, databaseUrl: string) =>
  ({
    DATABASE_URL: databaseUrl,
    // Nobody has to log in yet, so nobody on the network may reach it.
    HOST: '127.0.0.1',
    METRICS_PORT: '0',
    AGENTS_CONFIG: join(root, 'packages/agents/langgraph.json'),
    DOCUMENTS_FOLDER: join(root, 'docs'),
    // Nobody balances load onto this server, so it need not linger when it ends.
    DRAIN_SERVE_SECONDS: '0',
    DRAIN_SECONDS: '10',
  }) satisfies Partial<Record<keyof ContainerVariables, string>>

/**
 * What `npm start` runs: renders and checks every environment, starts PostgreSQL and the agent server, and runs one
 * agent. Whatever ends it, it first ends what it started.
 *
 * @returns the exit status
 * @throws PlainError, or EnvironmentProblems, with what a person can mend
 */
export async function up({ once, port }: UpOptions): Promise<number> {
  const environment = readProcessEnvironment()
  const terminal = createTerminal(process.stdout, environment.colour)
  const children = createChildren()
  const interrupted = new Promise<'interrupted'>((resolve) => {
    const onSignal = (): void => {
      // npm passes Ctrl-C on to a process that already had it, so a second one asks for nothing new.
      terminal.line('\n  Stopping.')
      for (const signal of signals) process.removeListener(signal, onSignal).on(signal, () => {})
      resolve('interrupted')
    }
    for (const signal of signals) process.on(signal, onSignal)
  })
  try {
    const work = start(terminal, environment, children, { once, port })
    // Stopping the children breaks the work off; what it says then is of no interest.
    work.catch(() => {})
    const outcome = await Promise.race([work, interrupted])
    // Ctrl-C is how one ends what stays up; of a run that was to end by itself it is the failure.
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

  // A port that can't be had is said before anything starts.
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
  let because: string | undefined
  let serverGone: Promise<never> = new Promise(() => {})
  await terminal.step('starting the agent server', async () => {
    const server = await startAgentServer(order, port)
    url = server.url
    because = server.because
    serverGone = server.child.ended.then((how) => {
      throw new PlainError(`The agent server ended with ${how}. Its log is ${server.logFile}.`)
    })
    serverGone.catch(() => {})
    return `agent server on ${url}`
  })
  if (because) terminal.line(`      not on 8000: ${because}`)
  if (reused) terminal.line(`      it found ${foundThreads(await countThreads(url))} of earlier starts`)

  terminal.line(`\n  Now one durable run of the agent "researcher", through the official client.`)
  terminal.line(`  ${modelLine(environment)}\n`)
  const threadId = await demonstrate(terminal, url).catch(async (error: unknown) => {
    // When the server is gone, that is the reason and not what the client made of it.
    await Promise.race([serverGone, pause(1000)])
    const reason = error instanceof Error ? error.message : String(error)
    throw error instanceof PlainError ? error : new PlainError(`The run could not be followed: ${reason}`)
  })
  if (once) return
  terminal.line(`\n${nextSteps(url, threadId)}`)
  terminal.line(`The server stays up; its log is .hadal/server.log. Ctrl-C stops it and its database.`)
  await serverGone
}
