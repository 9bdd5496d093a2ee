import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { startTestServer, useTestServer } from '../fixtures/start-test-server.ts'
import { insertSubmittedRun, type SubmittedRun } from '../store/queries/submit-run.ts'
import type { Scope } from '../store/scope.ts'

const database = createDatabase()
const server = useTestServer(database)
let owner: pg.Pool
beforeAll(() => {
  owner = new pg.Pool({ connectionString: database(), max: 3 })
})
afterAll(() => owner.end())

const input = { messages: [{ role: 'user', content: 'hello' }] }
/** A run of the graph `echo` on a new thread. */
const runOf = (scope: Scope, given: Partial<SubmittedRun> = {}): SubmittedRun => ({
  scope,
  threadId: randomUUID(),
  thread: 'new',
  temporary: false,
  runId: randomUUID(),
  graphId: 'echo',
  assistantId: randomUUID(),
  multitaskStrategy: 'enqueue',
  metadata: '{}',
  request: JSON.stringify({ input, streamModes: ['values'] }),
  afterSeconds: undefined,
  idleInstance: undefined,
  ...given,
})
const ofUser = (tenant: string, owner: string): Scope => ({ tenant, owner, sees: 'own' })
const statusOf = async (runId: string): Promise<string> =>
  (await owner.query('SELECT status FROM hadal.run WHERE run_id = $1', [runId])).rows[0]?.status

describe('runs of several tenants in one database', () => {
  test('are executed by one server, and each row belongs to the tenant and the user of its run', async () => {
    const scopes = [ofUser('one', 'a'), ofUser('two', 'b'), ofUser('one', 'c')]
    const runs = scopes.map((scope) => runOf(scope))
    for (const run of runs) expect(await insertSubmittedRun(owner, run)).toMatchObject({ kind: 'accepted' })
    for (const [index, { runId, threadId }] of runs.entries()) {
      await eventually(
        () => statusOf(runId),
        (status) => status === 'success',
      )
      const { rows } = await owner.query(
        `SELECT tenant, owner, array_agg(DISTINCT kind ORDER BY kind) AS kinds FROM (
           SELECT 'thread' AS kind, tenant, owner FROM hadal.thread WHERE thread_id = $1
           UNION ALL SELECT 'run', tenant, owner FROM hadal.run WHERE run_id = $2
           UNION ALL SELECT 'event', tenant, owner FROM hadal.run_event WHERE run_id = $2
           UNION ALL SELECT 'spending', tenant, owner FROM hadal.run_spending WHERE run_id = $2
           UNION ALL SELECT 'attempt', tenant, owner FROM hadal.run_attempt WHERE run_id = $2) AS rows
         GROUP BY tenant, owner`,
        [threadId, runId],
      )
      const kinds = expect.arrayContaining(['attempt', 'event', 'run', 'thread'])
      expect(rows).toEqual([{ tenant: scopes[index]?.tenant, owner: scopes[index]?.owner, kinds }])
    }
  })

  test('get unknown_thread for a thread of another user or tenant, and write nothing', async () => {
    const own = runOf(ofUser('one', 'a'))
    await insertSubmittedRun(owner, own)
    const { threadId } = own
    const strangers: Scope[] = [
      ofUser('one', 'b'),
      ofUser('two', 'a'),
      { tenant: 'two', owner: 'admin', sees: 'all' },
      { tenant: 'one', owner: 'approver', sees: 'waiting' },
    ]
    for (const scope of strangers) {
      for (const thread of ['existing', 'any', 'new'] as const)
        expect(await insertSubmittedRun(owner, runOf(scope, { threadId, thread }))).toEqual({ kind: 'unknown_thread' })
    }
    const administrator: Scope = { tenant: 'one', owner: 'admin', sees: 'all' }
    expect(await insertSubmittedRun(owner, runOf(administrator, { threadId, thread: 'existing' }))).toMatchObject({
      kind: 'accepted',
      run: { owner: 'admin' },
    })
    expect((await owner.query('SELECT FROM hadal.run WHERE thread_id = $1', [threadId])).rowCount).toBe(2)
  })

  test('are returned to the queue with their tenant when their lease is lost', async () => {
    const run = runOf(ofUser('two', 'b'), {
      graphId: 'steps',
      request: JSON.stringify({ input: { steps: 1_000 }, streamModes: [] }),
    })
    await insertSubmittedRun(owner, run)
    await eventually(
      () => statusOf(run.runId),
      (status) => status === 'running',
    )
    await owner.query("UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE id = $1", [run.runId])
    const attempts = () =>
      owner.query('SELECT tenant, owner, attempt FROM hadal.run_attempt WHERE run_id = $1 ORDER BY attempt', [
        run.runId,
      ])
    const { rows } = await eventually(attempts, ({ rowCount }) => rowCount === 2)
    expect(rows).toEqual([0, 1].map((attempt) => ({ tenant: 'two', owner: 'b', attempt })))
    await owner.query("UPDATE hadal.run SET cancel = 'interrupt' WHERE run_id = $1", [run.runId])
    await eventually(
      () => statusOf(run.runId),
      (status) => status === 'interrupted',
    )
  })
})

describe('the start of a server', () => {
  const keys = { ACCESS: JSON.stringify({ kind: 'api-keys' }) }

  test('with one database role says that row-level security is off, and is refused with sign-in', async () => {
    const one = await startTestServer(database(), { DATABASE_LOOPS_URL: '' })
    try {
      expect(one.logged.map(({ event }) => event)).toContain('row_level_security_off')
      const thread = await one.client.threads.create()
      expect(await one.client.runs.wait(thread.thread_id, 'echo', { input })).toBeDefined()
    } finally {
      await one.drain()
    }
    expect(server().logged.map(({ event }) => event)).not.toContain('row_level_security_off')
    await expect(startTestServer(database(), { ...keys, DATABASE_LOOPS_URL: '' })).rejects.toThrow(
      'ACCESS.kind is "api-keys", but the server has one database role',
    )
  })

  test('is refused if the roles are not those that the migration has set up', async () => {
    const { DATABASE_URL = '', DATABASE_LOOPS_URL = '' } = serverAddresses(database())
    const ofOwner = { DATABASE_URL: database(), DATABASE_LOOPS_URL }
    await expect(startTestServer(database(), ofOwner)).rejects.toThrow(
      'The database role of DATABASE_URL owns the tables',
    )
    const exchanged = { DATABASE_URL: DATABASE_LOOPS_URL, DATABASE_LOOPS_URL: DATABASE_URL }
    await expect(startTestServer(database(), exchanged)).rejects.toThrow(
      'Execute "hadal-runtime migrate" with the same',
    )
  })
})
