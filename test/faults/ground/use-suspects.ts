import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { type EffectsFile, effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { makeSuspect } from '@hadal/runtime/fixtures/make-suspect'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import pg from 'pg'
import { afterEach } from 'vitest'
import { type SupervisedServer, superviseServer } from './supervised-server.ts'

type Row = Record<string, unknown>

/** A run of the agent `poison`, which kills or harms the process that executes it. */
export interface PoisonousRun {
  readonly thread_id: string
  readonly run_id: string
  /** Lines of the run's effects file, one per execution of its step. */
  lines(): string[]
  status(): Promise<string>
}

/** Shared resources of the tests of suspects (runs that probably kill their process): a database, servers, and runs that harm their process. */
export interface Suspects {
  readonly effects: () => EffectsFile
  /** Starts a server process, which is ended after the test. */
  start(variables?: Readonly<Record<string, string>>): Promise<ServerProcess>
  /** Starts a server that is restarted whenever it ends, and that is stopped after the test. */
  supervise(): Promise<SupervisedServer>
  rows(text: string, values: unknown[]): Promise<Row[]>
  /** Submits a run. @param how harm that the run does to its process: see the agent `poison` */
  submit(server: ServerProcess, how: string): Promise<PoisonousRun>
  /** Submits a run whose two earlier attempts are recorded as deaths of their processes. */
  suspect(server: ServerProcess, how: string): Promise<PoisonousRun>
  /** Returns the attempts of the run that a child process of the worker executed. */
  attemptsOf(runId: string): Promise<Row[]>
}

export function useSuspects(): Suspects {
  const database = createDatabase()
  const effects = effectsFiles()
  const started: ServerProcess[] = []
  const supervised: SupervisedServer[] = []
  afterEach(async () => {
    await Promise.all(supervised.splice(0).map((server) => server.stop()))
    await Promise.all(started.splice(0).map((server) => server.end('SIGKILL')))
  })

  async function rows(text: string, values: unknown[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: database() })
    await client.connect()
    const result = await client.query(text, values)
    await client.end()
    return result.rows
  }

  async function submit({ client }: ServerProcess, how: string): Promise<PoisonousRun> {
    const { path, lines } = effects()
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'poison', { input: { file: path, how } })
    return { thread_id, run_id, lines, status: async () => (await client.runs.get(thread_id, run_id)).status }
  }

  return {
    effects,
    rows,
    submit,
    async start(variables = {}) {
      const server = await startServerProcess({
        DATABASE_URL: database(),
        SUSPECT_MEMORY_MEBIBYTES: '360',
        ...variables,
      })
      started.push(server)
      return server
    },
    async supervise() {
      const server = await superviseServer({ variables: { DATABASE_URL: database() }, mayEnd: true })
      supervised.push(server)
      return server
    },
    async suspect(server, how) {
      const run = await submit(server, how)
      await makeSuspect(database(), run.run_id)
      return run
    },
    attemptsOf: (runId) =>
      rows(
        'SELECT reason, detail FROM hadal.run_attempt WHERE run_id = $1 AND parent_id IS NOT NULL ORDER BY attempt',
        [runId],
      ),
  }
}
