import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Run } from '@langchain/langgraph-sdk'
import { afterAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { startTestServer, useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const variables = { AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/assistant-agents/langgraph.json') }
const database = createDatabase()
const server = useTestServer(database, variables)
const folder = mkdtempSync(join(tmpdir(), 'assistants-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Sends a request and returns the status of its response. */
const statusOf = async (path: string, init: RequestInit = {}): Promise<number> =>
  (await fetch(`${server().url}${path}`, { headers: { 'content-type': 'application/json' }, ...init })).status

const hasStatus = (run: Run, status: Run['status']): Promise<unknown> =>
  eventually(
    () => server().client.runs.get(run.thread_id, run.run_id),
    (now) => now.status === status,
  )

/** Creates an assistant with a thread on which one run waits for a gate and another one waits in the queue. */
async function working() {
  const { assistants, threads, runs } = server().client
  const { assistant_id } = await assistants.create({ graphId: 'configured', metadata: { team: 'blue' } })
  const { thread_id } = await threads.create()
  const gate = join(folder, randomUUID())
  const running = await runs.create(thread_id, assistant_id, { input: { gate } })
  const queued = await runs.create(thread_id, assistant_id, { input: {}, multitaskStrategy: 'enqueue' })
  await hasStatus(running, 'running')
  return { assistant_id, thread_id, running, queued, gate }
}

test('a deleted assistant stops its running and queued runs, and its threads stay', async () => {
  const { assistants, threads, runs } = server().client
  const { assistant_id, thread_id, running, queued } = await working()
  const later = await runs.create((await threads.create()).thread_id, assistant_id, { input: {}, afterSeconds: 3_600 })
  await assistants.delete(assistant_id)
  for (const run of [running, queued, later]) await hasStatus(run, 'interrupted')
  expect(await statusOf(`/assistants/${assistant_id}`)).toBe(404)
  expect(await statusOf(`/assistants/${assistant_id}/versions`, { method: 'POST', body: '{}' })).toBe(404)
  expect(await statusOf(`/threads/${thread_id}/runs`, { method: 'POST', body: JSON.stringify({ assistant_id }) })).toBe(
    404,
  )
  expect(await assistants.search({ metadata: { team: 'blue' } })).toEqual([])
  expect((await threads.get(thread_id)).metadata).toMatchObject({ assistant_id })
  // Another assistant continues the thread.
  await runs.wait(thread_id, 'configured', { input: { gate: '' } })
})

test('a deleted assistant takes its threads with it if that is wanted, and no other thread', async () => {
  const { assistants, threads, runs } = server().client
  const { assistant_id, thread_id } = await working()
  const { thread_id: kept } = await threads.create()
  await runs.wait(kept, 'configured', { input: {} })
  await assistants.delete(assistant_id, { deleteThreads: true })
  expect(await statusOf(`/threads/${thread_id}`)).toBe(404)
  expect(await statusOf(`/assistants/${assistant_id}`)).toBe(404)
  expect((await threads.get(kept)).thread_id).toBe(kept)
})

test('no run of an assistant begins after its deletion, whichever comes first', async () => {
  const { assistants, runs } = server().client
  for (let round = 0; round < 8; round += 1) {
    const metadata = round % 2 === 0 ? {} : { team: 'blue' }
    const { assistant_id } = await assistants.create({ graphId: 'configured', metadata })
    const submitted = Array.from({ length: 6 }, () =>
      runs.create(null, assistant_id, { input: {}, afterSeconds: 3_600 }).catch(() => undefined),
    )
    await Promise.all([...submitted, assistants.delete(assistant_id)])
    const { rows } = await withClient(database(), (admin) =>
      admin.query(
        "SELECT run_id FROM hadal.run WHERE assistant_id = $1 AND status IN ('pending', 'running') AND cancel IS NULL",
        [assistant_id],
      ),
    )
    expect(rows).toEqual([])
  }
})

test.each(['enqueue', 'interrupt'] as const)(
  'a deletion waits for a submission that has found the assistant, and stops its run (%s)',
  async (multitaskStrategy) => {
    const { assistants, threads, runs } = server().client
    const { assistant_id } = await assistants.create({ graphId: 'configured' })
    const { thread_id } = await threads.create()
    const waiting = async (): Promise<number> =>
      withClient(database(), async (look) => {
        const locks = 'pg_locks JOIN pg_stat_activity USING (pid)'
        const { rows } = await look.query<{ count: number }>(
          `SELECT count(DISTINCT pid)::int AS count FROM ${locks} WHERE NOT granted AND datname = current_database()`,
        )
        return rows[0]?.count ?? 0
      })
    let deleted = false
    const [submitted, deletion] = await withClient(database(), async (admin) => {
      await admin.query('BEGIN')
      await admin.query('SELECT FROM hadal.thread WHERE thread_id = $1 FOR UPDATE', [thread_id])
      const submission = runs.create(thread_id, assistant_id, { input: {}, afterSeconds: 3_600, multitaskStrategy })
      await eventually(waiting, (count) => count === 1)
      const deleting = assistants.delete(assistant_id).then(() => {
        deleted = true
      })
      await eventually(waiting, (count) => count === 2 || deleted)
      await admin.query('COMMIT')
      return [submission, deleting] as const
    })
    const run = await submitted
    await deletion
    expect((await runs.get(thread_id, run.run_id)).status).toBe('interrupted')
    await expect(runs.create(thread_id, assistant_id)).rejects.toThrow('404')
  },
)

test('a deletion that its process did not finish is finished by the next start of a server', async () => {
  const { assistants, threads } = server().client
  const { assistant_id, thread_id, running, gate } = await working()
  await withClient(database(), (admin) =>
    admin.query('UPDATE hadal.assistant SET deleting_since = now() WHERE assistant_id = $1', [assistant_id]),
  )
  expect(await statusOf(`/assistants/${assistant_id}`)).toBe(404)
  const again = { graph_id: 'configured', assistant_id }
  expect(await statusOf('/assistants', { method: 'POST', body: JSON.stringify(again) })).toBe(409)
  expect(
    await statusOf('/assistants', { method: 'POST', body: JSON.stringify({ ...again, if_exists: 'do_nothing' }) }),
  ).toBe(409)
  const next = await startTestServer(database(), { ...variables, ROLE: 'api' })
  try {
    await hasStatus(running, 'interrupted')
    await eventually(
      () => statusOf('/assistants', { method: 'POST', body: JSON.stringify(again) }),
      (status) => status === 200,
    )
  } finally {
    await next.drain()
    writeFileSync(gate, '')
  }
  expect((await threads.get(thread_id)).thread_id).toBe(thread_id)
  await assistants.delete(assistant_id)
})
