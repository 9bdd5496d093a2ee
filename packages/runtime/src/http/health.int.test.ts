import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const get = async (path: string): Promise<{ status: number; body: unknown }> => {
  const answer = await fetch(`${server().url}${path}`)
  return { status: answer.status, body: await answer.json() }
}

test('the server is healthy and ready, and reports its version and features', async () => {
  expect(await get('/health')).toEqual({ status: 200, body: { status: 'healthy' } })
  expect(await get('/ready')).toEqual({ status: 200, body: { status: 'ready' } })
  expect(await get('/ok')).toEqual({ status: 200, body: { ok: true } })
  expect(await get('/info')).toMatchObject({ status: 200, body: { version: '0.1.0', flags: { assistants: true } } })
})

test('during a database outage the server is healthy, not ready, answers requests with 503, and recovers after the outage', async () => {
  const name = new URL(database()).pathname.slice(1)
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  try {
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    const away = await eventually(
      () => get('/ready'),
      ({ status }) => status === 503,
    )
    expect(away.body).toEqual({ status: 'not ready' })
    expect(await get('/health')).toEqual({ status: 200, body: { status: 'healthy' } })
    const refused = await get('/threads/00000000-0000-4000-8000-000000000000')
    expect(refused).toEqual({
      status: 503,
      body: { detail: 'The database is unavailable or busy. Retry in a few seconds.' },
    })
  } finally {
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    await admin.end()
  }
  await eventually(
    () => get('/ready'),
    ({ status }) => status === 200,
  )
  const { client } = server()
  const { thread_id } = await client.threads.create()
  await client.runs.wait(thread_id, 'echo', { input: { messages: [] } })
})
