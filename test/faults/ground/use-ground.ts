import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { createFaultDatabase, dropFaultDatabase } from './fault-database.ts'
import { type AcceptedRun, allOver, brokenPromises } from './oracle.ts'
import { type RestartablePostgres, startRestartablePostgres } from './restartable-postgres.ts'
import { type SupervisedServer, type Supervision, superviseServer } from './supervised-server.ts'

export const faultAgents = join(import.meta.dirname, '../agents/langgraph.json')

/** Files of one run: the file with its executed steps, and the gate file for which its step waits. */
export interface RunFiles {
  readonly file: string
  readonly gate: string
  open(): void
}

export interface WantedRun {
  readonly graph: 'work' | 'branches' | 'speech'
  readonly input?: Readonly<Record<string, unknown>>
  readonly ends?: AcceptedRun['ends']
  readonly error?: string
  readonly steps?: number
}

export interface Ground {
  /** Address of the database of the test file. */
  readonly url: string
  /** Folder of the test file, which is removed after its tests. */
  readonly folder: string
  /** PostgreSQL of the test file alone; only with `ownPostgres`. */
  readonly postgres: RestartablePostgres
  /** Starts a server with the agents of these tests, which is stopped after the test. */
  supervise(
    variables?: Readonly<Record<string, string>>,
    supervision?: Omit<Supervision, 'variables'>,
  ): Promise<SupervisedServer>
  files(): RunFiles
  /** Submits a run on a new thread. */
  submit(client: Client, run: WantedRun, files?: RunFiles): Promise<AcceptedRun & RunFiles>
  /** Waits until the runs have ended, and then expects that {@link brokenPromises} finds no violation. */
  verify(runs: readonly AcceptedRun[], servers: readonly SupervisedServer[], withinMs?: number): Promise<void>
}

/**
 * Sets up the shared resources of a test file: a database with a trigger that records ends of runs, and a folder for the files of runs.
 *
 * @param ownPostgres whether the file has its own PostgreSQL, which its tests may stop
 * @returns a function that returns the resources while tests run
 */
export function useGround({ ownPostgres = false }: { ownPostgres?: boolean } = {}): () => Ground {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-fault-effects-'))
  const servers: SupervisedServer[] = []
  let postgres: RestartablePostgres | undefined
  let url: string | undefined
  let files = 0
  const serverUrl = (): string => postgres?.url ?? inject('postgresUrl')

  beforeAll(async () => {
    if (ownPostgres) postgres = await startRestartablePostgres()
    url = await createFaultDatabase(serverUrl())
  })
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()))
  })
  afterAll(async () => {
    if (postgres) await postgres.remove()
    else if (url) await dropFaultDatabase(url, serverUrl())
    rmSync(folder, { recursive: true, force: true })
  })

  const nextFiles = (): RunFiles => {
    files += 1
    const file = join(folder, `effects-${files}`)
    const gate = `${file}-gate`
    return { file, gate, open: () => writeFileSync(gate, '') }
  }

  return () => {
    if (url === undefined) throw new Error('The database has not started. Call this only inside a test.')
    const databaseUrl = url
    return {
      url: databaseUrl,
      folder,
      get postgres() {
        if (!postgres)
          throw new Error('This test file did not start its own PostgreSQL. Call useGround({ ownPostgres: true }).')
        return postgres
      },
      async supervise(variables = {}, supervision = {}) {
        const all = { DATABASE_URL: databaseUrl, AGENTS_CONFIG: faultAgents, ...variables }
        const server = await superviseServer({ ...supervision, variables: all })
        servers.push(server)
        return server
      },
      files: nextFiles,
      async submit(client, { graph, input = {}, ends = 'success', error, steps }, own = nextFiles()) {
        const { thread_id } = await client.threads.create()
        const { file, gate } = own
        const { run_id } = await client.runs.create(thread_id, graph, {
          input: { file, gate, ...(steps === undefined ? {} : { steps }), ...input },
          streamMode: ['updates', 'custom'],
        })
        return { threadId: thread_id, runId: run_id, ends, error, steps, ...own }
      },
      async verify(runs, watched, withinMs = 60_000) {
        await allOver(databaseUrl, runs, withinMs)
        const processes = watched.flatMap(({ lives }) => lives)
        expect([
          ...(await brokenPromises(databaseUrl, runs, processes)),
          ...watched.flatMap(({ unexpectedEnds }) => unexpectedEnds),
        ]).toEqual([])
      },
    }
  }
}
