import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

/** Makes the database lose every notification: the sessions find this function before the one of PostgreSQL. */
const loseNotifications = `
  CREATE SCHEMA lost;
  CREATE FUNCTION lost.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT';
  DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path = lost, pg_catalog, public', current_database());
  END $$;`

const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-lost-'))
afterAll(() => rmSync(folder, { recursive: true }))

let api: TestServer
let worker: TestServer
beforeAll(async () => {
  await withClient(database(), (client) => client.query(loseNotifications))
  api = await startTestServer(database(), { ROLE: 'api' })
  worker = await startTestServer(database(), { ROLE: 'worker' })
})
afterAll(() => Promise.all([api.drain(), worker.drain()]))

test('without any notification, a run of another process is executed, and a client that waits gets its values', async () => {
  const { thread_id } = await api.client.threads.create()
  const values = await api.client.runs.wait(thread_id, 'steps', { input: { steps: 2 } })
  expect(values).toMatchObject({ done: [1, 2] })
})

test('without any notification, a client receives the events of a run of another process while the run is active', async () => {
  const gate = join(folder, 'gate')
  const { thread_id } = await api.client.threads.create()
  const { run_id } = await api.client.runs.create(thread_id, 'steps', {
    input: { steps: 3, gate },
    streamMode: 'updates',
  })
  const joined = api.client.runs.join(thread_id, run_id)
  const received: string[] = []
  for await (const { event, data } of api.client.runs.joinStream(thread_id, run_id)) {
    received.push(event)
    // The third step, and with it the run, waits for the gate.
    if (JSON.stringify(data).includes('[2]')) writeFileSync(gate, '')
  }
  expect(received).toEqual(['metadata', 'updates', 'updates', 'updates'])
  expect(await joined).toMatchObject({ done: [1, 2, 3] })
})

test('without any notification, the cancellation of a run reaches its worker and the client that waits for it', async () => {
  const { thread_id } = await api.client.threads.create()
  const { run_id } = await api.client.runs.create(thread_id, 'steps', {
    input: { steps: 3, gate: join(folder, 'never') },
  })
  await eventually(
    () => api.client.runs.get(thread_id, run_id),
    ({ status }) => status === 'running',
  )
  await api.client.runs.cancel(thread_id, run_id, true)
  expect((await api.client.runs.get(thread_id, run_id)).status).toBe('interrupted')
})
