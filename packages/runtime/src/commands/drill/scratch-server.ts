import { extname, join } from 'node:path'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import type { Logger } from 'pino'
import { compiledGraph } from '../../agents/compiled-graph.ts'
import type { ListedAgents } from '../../agents/loaded-agent.ts'
import { canary } from '../../backup/canary/canary.ts'
import { createCanaryGraph } from '../../backup/canary/canary-graph.ts'
import { type OpenRuns, openRuns } from '../../runs/open-runs.ts'
import { Suspects } from '../../runs/suspects/suspects.ts'
import { Worker } from '../../runs/worker.ts'
import type { Redactor } from '../../secrets/create-redactor.ts'
import { version } from '../../store/version.ts'

/** Settings of the {@link ScratchServer}. */
export interface ScratchServerSettings {
  /** Address of the restored database, with the role that owns its tables. */
  readonly url: string
  readonly encryption: Pick<ContainerVariables, 'ENCRYPTION' | 'ENCRYPTION_KEY'>
  readonly log: Logger
  readonly redactor: Redactor
}

/**
 * A server of the restored database that executes runs and does nothing else: it has the graph of the canary only, and no model, no Redis, no sandbox,
 * no tracing, no HTTP port and no retention. None of the environment's variables reaches it, except for the encryption keys.
 */
export interface ScratchServer {
  readonly runs: OpenRuns
  /** Begins to claim runs, one at a time. */
  start(): void
  close(): Promise<void>
}

/** Maximum time in milliseconds for which the end of the drill waits for a run that is active. */
const drainMs = 10_000
/** The canary may have waited for a week: the time limit of a run counts from its first start. */
const runSeconds = '604800'

/** @throws Error with one sentence if the database is not usable, or if a key is missing */
export async function openScratchServer(settings: ScratchServerSettings): Promise<ScratchServer> {
  const { url, encryption, log, redactor } = settings
  const variables = parseContainerVariables(
    {
      DATABASE_URL: url,
      ENCRYPTION: encryption.ENCRYPTION,
      ENCRYPTION_KEY: encryption.ENCRYPTION_KEY,
      RUN_LIMIT_SECONDS: runSeconds,
      // No langgraph.json: the server has no graph and no settings of the environment.
      AGENTS_CONFIG: '/dev/null',
    },
    () => '',
  )
  const runs = await openRuns(
    { variables, load: async () => agents(), log, redactor, version: version() },
    {
      applicationName: 'hadal drill',
      connections: { size: 1, overflow: 4 },
      listens: false,
      registers: false,
      removesIdleSandboxes: false,
    },
  )
  const program = join(import.meta.dirname, `../../main${extname(import.meta.filename)}`)
  const memoryMebibytes = variables.SUSPECT_MEMORY_MEBIBYTES
  const suspects = new Suspects({ ...runs.attempts, program: { path: program, memoryMebibytes }, onDeath: () => {} })
  const worker = new Worker(runs.context, { ...runs.attempts, loops: runs.loops, concurrency: 1, suspects })
  let started = false
  return {
    runs,
    start() {
      started = true
      worker.start()
    },
    async close() {
      if (started) await worker.drain(drainMs)
      await runs.close()
    },
  }
}

function agents(): ListedAgents {
  const { graphId } = canary
  const compiled = compiledGraph(createCanaryGraph({ executesFirst: false }))
  if (!compiled) throw new Error('The graph of the canary is not a graph. This is a bug in Hadal.')
  const loaded = { graphId, graph: compiled.graph }
  const source = { file: import.meta.filename, exportName: 'canary' }
  return new Map([[graphId, { graphId, source, builtForEachUse: false, load: async () => loaded }]])
}
