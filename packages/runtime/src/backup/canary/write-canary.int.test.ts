import { expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { key } from '../../fixtures/encrypted-database.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { createSeals } from '../../secrets/create-seals.ts'
import { canary } from './canary.ts'
import { writeCanary } from './write-canary.ts'

const database = createDatabase()

const query = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database(), async (client) => (await client.query<Row>(text, values)).rows)

const runs = () =>
  query<{ run_id: string; status: string; started: boolean; attempts: string[]; due: boolean; state: string }>(
    `SELECT run_id, run.status, run.started_at IS NOT NULL AS started, job.start_after < 'infinity' AS due, job.state::text,
       ARRAY(SELECT reason FROM hadal.run_attempt AS done WHERE done.run_id = run.run_id) AS attempts
     FROM hadal.run AS run JOIN pgboss.job AS job ON job.id = run.run_id WHERE run.thread_id = $1 AND run.tenant = $2`,
    [canary.threadId, canary.tenant],
  )
const steps = () =>
  query<{ step: number }>(
    "SELECT (metadata->>'step')::int AS step FROM public.checkpoints WHERE thread_id = $1 ORDER BY 1",
    [canary.threadId],
  )

test('the canary waits with its first step done, and each one replaces the one before', async () => {
  await writeCanary({ url: database(), tls: undefined, seals: undefined })
  const runId = await writeCanary({ url: database(), tls: undefined, seals: undefined })
  expect(await runs()).toEqual([
    { run_id: runId, status: 'pending', started: true, attempts: ['returned'], due: false, state: 'retry' },
  ])
  // The input, the step of LangGraph before the first node, and the first node.
  expect(await steps()).toEqual([{ step: -1 }, { step: 0 }, { step: 1 }])
  expect(await query('SELECT status FROM hadal.thread WHERE tenant = $1', [canary.tenant])).toEqual([
    { status: 'busy' },
  ])
})

test('a server neither executes the canary nor counts or shows it', async () => {
  const server = await startTestServer(database())
  try {
    const runId = await writeCanary({ url: database(), tls: undefined, seals: undefined })
    // Runs that are accepted later are executed, so the worker has looked for runs since.
    for (const word of ['one', 'two']) {
      await server.client.runs.wait(null, 'echo', { input: { messages: [{ role: 'user', content: word }] } })
    }
    expect(await runs()).toMatchObject([{ run_id: runId, status: 'pending', attempts: ['returned'] }])
    expect(await server.client.threads.search()).toEqual([])
    await expect(server.client.threads.get(canary.threadId)).rejects.toMatchObject({ status: 404 })
    const metrics = async () => (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
    const idle = [/^run_queue_waiting 0$/m, /^runs_running 0$/m, /^run_queue_age_seconds 0$/m]
    await eventually(metrics, (text) => idle.every((line) => line.test(text)))
  } finally {
    await server.drain()
  }
})

test('the values of the canary are encrypted where a key is set and encryption is required', async () => {
  const values = () =>
    query<{ type: string }>('SELECT DISTINCT type FROM public.checkpoint_blobs WHERE thread_id = $1', [canary.threadId])
  await writeCanary({ url: database(), tls: undefined, seals: undefined })
  expect((await values()).map(({ type }) => type).filter((type) => type.startsWith('sealed'))).toEqual([])
  await writeCanary({
    url: database(),
    tls: undefined,
    seals: createSeals({ ENCRYPTION: 'required', ENCRYPTION_KEY: key }),
  })
  const sealed = await values()
  expect(sealed.length).toBeGreaterThan(0)
  expect(sealed.filter(({ type }) => !type.startsWith('sealed') && type !== 'empty')).toEqual([])
  const [request] = await query<{ request: string }>('SELECT request::text FROM hadal.run WHERE thread_id = $1', [
    canary.threadId,
  ])
  expect(request?.request).not.toContain('word')
})
