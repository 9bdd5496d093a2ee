import { expect, test } from 'vitest'
import { collected } from '../../fixtures/collected.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'

const database = createDatabase()

test('the log of a run that the previous release accepted has a row per event, which clients of that release see', async () => {
  const api = await startTestServer(database(), { ROLE: 'api' })
  const { client } = api
  const input = { messages: [{ role: 'user', content: 'hello' }] }
  const accepted = await Promise.all(
    ['rows', 'batches'].map(async (form) => {
      const { thread_id } = await client.threads.create()
      const { run_id } = await client.runs.create(thread_id, 'echo', {
        input,
        streamMode: ['values', 'updates', 'messages', 'messages-tuple'],
      })
      return { form, threadId: thread_id, runId: run_id }
    }),
  )
  await withClient(database(), async (admin) => {
    const forms = await admin.query<{ log_form: string }>('SELECT log_form FROM hadal.run')
    expect(forms.rows.map(({ log_form }) => log_form)).toEqual(['batches', 'batches'])
    // The previous release does not write the column.
    await admin.query('UPDATE hadal.run SET log_form = DEFAULT WHERE run_id = $1', [accepted[0]?.runId])
    const worker = await startTestServer(database(), { ROLE: 'worker' })
    const streams = await Promise.all(
      accepted.map(({ threadId, runId }) => collected(client.runs.joinStream(threadId, runId, { lastEventId: '-1' }))),
    )
    await worker.drain()
    const names = await Promise.all(
      accepted.map(async ({ runId }) => {
        const text = 'SELECT event FROM hadal.run_event WHERE run_id = $1 ORDER BY sequence'
        return (await admin.query<{ event: string }>(text, [runId])).rows.map(({ event }) => event)
      }),
    )
    const [rows, batches] = streams.map((events) => events.map(({ id, event }) => ({ id, event })))
    expect(rows?.length).toBeGreaterThan(5)
    expect(batches).toEqual(rows)
    expect(names[0]).toEqual([...(rows ?? []).map(({ event }) => event), '$output'])
    expect(names[1]?.every((name) => name.startsWith('$'))).toBe(true)
  })
  await api.drain()
})
