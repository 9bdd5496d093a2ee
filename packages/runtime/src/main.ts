#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import { type Logger, pino, stdTimeFunctions } from 'pino'
import type { AgentPlatform } from './agents/agent-platform.ts'
import { agentSettings } from './agents/agent-settings.ts'
import { loadAgents } from './agents/load-agents.ts'
import type { LoadedAgents } from './agents/loaded-agent.ts'
import { startServer } from './server.ts'
import { migrate } from './store/migrate.ts'

/** The only file of the program that reads the process's environment. */
const readVariables = () => parseContainerVariables(process.env, (path) => readFileSync(path, 'utf8'))

const createLog = (level: string): Logger =>
  pino({
    level,
    base: {},
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function fail(error: unknown): never {
  process.stderr.write(`hadal-runtime: ${sentence(error)}\n`)
  process.exit(1)
}

async function serve(): Promise<void> {
  const variables = readVariables()
  const log = createLog(variables.LOG_LEVEL)
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, event)
      process.exit(1)
    })
  }
  // LangChain's tracing reads these names itself, and a secret may have come as a file.
  if (variables.LANGSMITH_API_KEY) process.env.LANGSMITH_API_KEY = variables.LANGSMITH_API_KEY
  const load = async (platform: AgentPlatform): Promise<LoadedAgents> => {
    const { agents, notices } = await loadAgents(variables.AGENTS_CONFIG, agentSettings(variables), platform)
    for (const notice of notices) log.warn(notice)
    return agents
  }
  const server = await startServer(variables, load, log)
  log.info({ port: server.port, metrics_port: server.metricsPort, graphs: server.graphs }, 'ready')
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

async function runMigrations(): Promise<void> {
  const variables = readVariables()
  const log = createLog(variables.LOG_LEVEL)
  const ran = await migrate(variables.DATABASE_DIRECT_URL ?? variables.DATABASE_URL)
  log.info({ ran }, 'migrated')
}

const commands: Readonly<Record<string, () => Promise<void>>> = { serve, migrate: runMigrations }

const [name = 'serve', ...rest] = process.argv.slice(2)
const command = rest.length === 0 && Object.hasOwn(commands, name) ? commands[name] : undefined
if (command) command().catch(fail)
else fail(`there is no command "${process.argv.slice(2).join(' ')}". There are ${Object.keys(commands).join(' and ')}.`)
