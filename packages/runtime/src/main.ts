#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import { readSecretVariable } from '@hadal/platform/read-secret-variable'
import type pg from 'pg'
import { checkOpenAccess } from './access/check-open-access.ts'
import type { AgentPlatform } from './agents/agent-platform.ts'
import { agentSettings } from './agents/agent-settings.ts'
import { createAgentValues } from './agents/agent-values.ts'
import { readCheckpointerTtl } from './agents/checkpointer-ttl.ts'
import type { ListedAgents } from './agents/loaded-agent.ts'
import { noProjectHttp } from './agents/project-http.ts'
import { agentVariables, readProjectSettings, secretValues } from './agents/project-settings.ts'
import { readStoreSettings } from './agents/store-settings.ts'
import { assign, assignOptions } from './commands/assign.ts'
import { type Command, findCommand, type GivenArguments, help } from './commands/find-command.ts'
import { type KeysAction, keys, keysOptions } from './commands/keys.ts'
import { ownerDatabase } from './commands/owner-database.ts'
import { recoveryCommands } from './commands/recovery-commands.ts'
import { seal } from './commands/seal.ts'
import { type SecretsAction, secrets, secretsActions } from './commands/secrets.ts'
import { withDatabase } from './commands/with-database.ts'
import { consoleToLog } from './log/console-to-log.ts'
import { createLog } from './log/create-log.ts'
import { registerSdkLogger } from './log/sdk-logger.ts'
import type { OpenRuns, RunsProgram } from './runs/open-runs.ts'
import { retentionSettings } from './runs/retention/retention-settings.ts'
import type { WorkerChannel } from './runs/suspects/execute-suspect.ts'
import { createRedactor } from './secrets/create-redactor.ts'
import { createSeals } from './secrets/create-seals.ts'
import { loadedSecrets } from './secrets/loaded-secrets.ts'
import { openProviderKeys } from './secrets/open-provider-keys.ts'
import { databaseRoles } from './store/database-roles.ts'
import { databaseTls } from './store/database-tls.ts'
import { primaryReads } from './store/reads/reads.ts'
import { version } from './store/version.ts'
import { langSmithEnvironment } from './tracing/langsmith-environment.ts'

// The modules that execute runs are imported where they are used: they take more memory than a backup of any size, which needs none of them.

const readFile = (path: string): string => readFileSync(path, 'utf8')

/**
 * Redactor that removes secrets from this process's log and errors. It redacts by pattern until the variables are read, and then also by exact
 * value.
 */
let redactor = createRedactor()

/** Counts an unhandled promise rejection in the metrics; does nothing before the server has started. */
let countUnhandledRejection = (): void => {}

/** Reads the process environment; no other file of the program may do so. */
function readVariables(): ContainerVariables {
  const written = parseContainerVariables(process.env, readFile)
  redactor = createRedactor(loadedSecrets(written))
  const variables = { ...written, ...openProviderKeys(written) }
  redactor = createRedactor([...loadedSecrets(written), ...loadedSecrets(variables)])
  return variables
}

const sentence = (error: unknown): string => redactor.text(error instanceof Error ? error.message : String(error))

/** Maximum time in milliseconds in which a failed process may end by itself. */
const endMilliseconds = 2_000

/**
 * Ends the process with status 1 when nothing is open any more, or after {@link endMilliseconds}. `process.exit` right after the start can hang for ever
 * in Node 24: it waits for V8's compiler threads, which wait for a garbage collection by the main thread.
 */
function fail(error: unknown): void {
  process.stderr.write(`hadal-runtime: ${sentence(error)}\n`)
  process.exitCode = 1
  setTimeout(() => process.exit(1), endMilliseconds).unref()
}

/**
 * Prepares a process that executes runs: the server, or the child process of a worker.
 *
 * @param logger name of the process in its log
 */
async function runsProgram(logger: string): Promise<RunsProgram> {
  const { loadAgents } = await import('./agents/load-agents.ts')
  const { unhandledRejection } = await import('./runs/unhandled-rejection.ts')
  const variables = readVariables()
  const log = createLog(variables.LOG_LEVEL, redactor, logger)
  consoleToLog(console, log, redactor)
  registerSdkLogger(globalThis, log, redactor)
  process.on('uncaughtException', (error: unknown) => {
    log.fatal({ err: error }, 'uncaughtException')
    process.exit(1)
  })
  process.on(
    'unhandledRejection',
    unhandledRejection(log, () => countUnhandledRejection()),
  )
  for (const [name, value] of Object.entries(langSmithEnvironment(variables))) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  const ofProject = agentVariables(readProjectSettings(variables.AGENTS_CONFIG), process.env)
  redactor.add(secretValues(ofProject.variables))
  Object.assign(process.env, ofProject.variables)
  const valuesOf = createAgentValues({
    given: variables.AGENT_SETTINGS,
    secretsFolder: variables.AGENT_SECRETS_FOLDER,
    variables: process.env,
    readFile,
    onSecrets: redactor.add,
  })
  const load = async (platform: AgentPlatform): Promise<ListedAgents> => {
    const { agents, notices } = await loadAgents(variables.AGENTS_CONFIG, agentSettings(variables), platform, valuesOf)
    for (const notice of [...ofProject.notices, ...notices]) log.warn({ text: notice }, 'agents_notice')
    for (const { graphId, problem } of agents.values())
      if (problem) log.error({ graph_id: graphId, text: problem }, 'graph_unavailable')
    return agents
  }
  return { variables, load, log, redactor, version: version() }
}

/** @param studio whether LangGraph Studio is let in without a check, for the server of a developer */
async function serve(studio = false): Promise<void> {
  const { variables, load, log } = await runsProgram('hadal-runtime')
  const { startServer } = await import('./server.ts')
  checkOpenAccess(variables, Boolean(process.env.ACCESS))
  const server = await startServer(variables, load, log, redactor, undefined, studio)
  countUnhandledRejection = server.countUnhandledRejection
  const { LANGSMITH_TRACING: langsmith, OTEL_EXPORTER_OTLP_ENDPOINT: otlp } = variables
  const tracing = [...(langsmith ? ['langsmith'] : []), ...(otlp ? ['otlp'] : [])]
  log.info({ port: server.port, metrics_port: server.metricsPort, graphs: server.graphs, tracing }, 'ready')
  // Reports to a parent process with an IPC channel (`hadal up`) that this process listens: another server could answer on the requested port.
  process.send?.({ ready: true })
  let draining = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (draining) return
      draining = true
      log.info({ signal }, 'draining')
      server.drain().then(
        () => {
          log.info('stopped')
          process.exit(0)
        },
        (error: unknown) => {
          log.fatal({ err: error }, 'drain_failed')
          process.exit(1)
        },
      )
    })
  }
}

/** Executes a suspect run as a child process. Internal: a worker starts this command with an IPC channel. */
async function suspect(): Promise<void> {
  const send = process.send?.bind(process)
  if (!send) throw new Error('"suspect" is started by a worker, over an IPC channel. Use "serve".')
  const program = await runsProgram('hadal-runtime.suspect')
  const { openLoopback } = await import('./http/loopback.ts')
  const { executeSuspect } = await import('./runs/suspects/execute-suspect.ts')
  // A terminal sends signals to the whole process group, but only the worker stops this process.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {})
  process.on('disconnect', () => process.exit(1))
  await becomeFirstVictim()
  const loopback = openLoopback(globalThis)
  const appOf = await suspectApp(program.variables)
  const channel: WorkerChannel = {
    send: (message) => new Promise((resolve) => send(message, undefined, undefined, () => resolve())),
    onMessage: (listener) => process.on('message', listener),
  }
  await executeSuspect(program, channel, (runs) => loopback.serve(appOf(runs)))
  process.exit(0)
}

/** Returns a function for the application that answers the calls of a suspect's agent to its own server. */
async function suspectApp(variables: ContainerVariables) {
  const { createHttpApp } = await import('./http/http-app.ts')
  const { runSignIn } = await import('./http/run-sign-in.ts')
  const { createTypeSchemas } = await import('./agents/schemas/type-schemas.ts')
  return ({ context, items, validation }: OpenRuns) =>
    createHttpApp({
      ...context,
      validation,
      items,
      reads: primaryReads(context.pool),
      readsOf: (tenant) => primaryReads(context.pools.of(tenant)),
      authenticate: runSignIn(variables.ACCESS),
      trustedProxies: 0,
      project: {
        http: {
          ...noProjectHttp,
          configurableHeaders: readProjectSettings(variables.AGENTS_CONFIG).http.configurableHeaders,
        },
      },
      bodyLimitBytes: variables.BODY_LIMIT_BYTES,
      metadataLimitBytes: variables.METADATA_LIMIT_BYTES,
      version: version(),
      allowedHosts: [],
      cors: undefined,
      servesRuns: true,
      isDraining: () => false,
      closing: new AbortController().signal,
      tracing: undefined,
      onAnswer: () => {},
      retention: retentionSettings(variables, readCheckpointerTtl(variables.AGENTS_CONFIG)),
      typeSchemas: createTypeSchemas(variables.AGENTS_CONFIG, context.log),
    })
}

/** Makes the kernel kill this process before its worker when the container runs out of memory. */
async function becomeFirstVictim(): Promise<void> {
  await writeFile('/proc/self/oom_score_adj', '1000').catch(() => {})
}

async function runMigrations(): Promise<void> {
  const { migrate } = await import('./store/migrate.ts')
  const variables = readVariables()
  const log = createLog(variables.LOG_LEVEL, redactor, 'hadal-runtime.migrate')
  const { index } = readStoreSettings(variables.AGENTS_CONFIG)
  const ran = await migrate(
    variables.DATABASE_OWNER_URL ?? variables.DATABASE_DIRECT_URL ?? variables.DATABASE_URL,
    databaseTls(variables),
    index?.dims,
    databaseRoles(variables),
    variables.AUDIT_RETENTION_DAYS || undefined,
  )
  log.info({ ran }, 'migrated')
  const recovery = variables.DATABASE_RECOVERY
  if (recovery === undefined) return
  const { settleRecovery } = await import('./commands/settle-recovery.ts')
  const { openTarget } = await import('./backup/open-target.ts')
  const target = openTarget(variables)
  const settled = await settleRecovery({ database: ownerDatabase(variables), recovery, target }).finally(() =>
    target.close(),
  )
  if (settled) log.info({ recovery, ...settled }, 'recovery_settled')
}

async function runPrune(dryRun: boolean): Promise<void> {
  const { prune } = await import('./commands/prune.ts')
  const variables = readVariables()
  const output = await prune({
    databaseUrl: variables.DATABASE_LOOPS_URL ?? variables.DATABASE_URL,
    tls: databaseTls(variables),
    retention: retentionSettings(
      variables,
      readCheckpointerTtl(variables.AGENTS_CONFIG),
      readStoreSettings(variables.AGENTS_CONFIG),
    ),
    dryRun,
    log: createLog(variables.LOG_LEVEL, redactor, 'hadal-runtime.prune'),
  })
  process.stdout.write(output)
}

async function runSeal(dryRun: boolean): Promise<void> {
  const variables = readVariables()
  const output = await seal({
    databaseUrl: variables.DATABASE_LOOPS_URL ?? variables.DATABASE_DIRECT_URL ?? variables.DATABASE_URL,
    tls: databaseTls(variables),
    seals: createSeals(variables),
    dryRun,
  })
  process.stdout.write(output)
}

async function runSecrets(action: SecretsAction): Promise<void> {
  const { value, problem } = readSecretVariable('ENCRYPTION_KEY', process.env, readFile)
  if (problem) throw new Error(problem)
  process.stdout.write(await secrets(action, value, () => text(process.stdin)))
}

/** Runs the work of a command on the database. */
function onDatabase<Result>(
  name: string,
  work: (pool: pg.Pool, variables: ContainerVariables) => Promise<Result>,
): Promise<Result> {
  const variables = readVariables()
  const url = variables.DATABASE_DIRECT_URL ?? variables.DATABASE_URL
  return withDatabase({ url, tls: databaseTls(variables), name }, (pool) => work(pool, variables))
}

async function runKeys(action: KeysAction, given: GivenArguments): Promise<void> {
  const { output, notice } = await onDatabase('hadal keys', (pool) => keys(action, given, pool))
  process.stdout.write(output)
  process.stderr.write(notice)
}

async function runAssign(given: GivenArguments): Promise<void> {
  process.stdout.write(
    await onDatabase('hadal assign', (pool, variables) => assign(given, pool, createSeals(variables))),
  )
}

const keysActions: readonly KeysAction[] = ['create', 'list', 'rotate', 'revoke']

/** All commands of the program `hadal-runtime`. */
const commands: readonly Command[] = [
  { name: 'serve', options: { studio: null }, run: ({ flags }) => serve(flags.has('studio')) },
  { name: 'migrate', run: runMigrations },
  { name: 'prune', options: { 'dry-run': null }, run: ({ flags }) => runPrune(flags.has('dry-run')) },
  { name: 'seal', options: { 'dry-run': null }, run: ({ flags }) => runSeal(flags.has('dry-run')) },
  ...secretsActions.map((action) => ({ name: `secrets ${action}`, run: () => runSecrets(action) })),
  ...keysActions.map((action) => ({
    name: `keys ${action}`,
    ...(action === 'rotate' || action === 'revoke' ? { argument: 'KEY_ID' } : {}),
    options: keysOptions[action],
    run: (given: GivenArguments) => runKeys(action, given),
  })),
  { name: 'assign', options: assignOptions, run: runAssign },
  ...recoveryCommands({ readVariables, sentence, redactor: () => redactor }),
  { name: 'suspect', internal: true, run: suspect },
]

const words = process.argv.slice(2)
try {
  if (words[0] === '--help') process.stdout.write(help(commands))
  else {
    const { command, given } = findCommand(words.length === 0 ? ['serve'] : words, commands)
    command.run(given).catch(fail)
  }
} catch (error) {
  fail(error)
}
