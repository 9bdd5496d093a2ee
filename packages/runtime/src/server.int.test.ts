import { Agent, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createDatabase } from './fixtures/create-database.ts'
import { startTestServer } from './fixtures/start-test-server.ts'

const database = createDatabase()

/** Sends one HTTP request on the connection of the `http.Agent`. */
const request = (url: string, agent: Agent): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(url, { agent }, resolve).on('error', reject))

test('a server that stops cuts the stream of a run that is not over, and another server continues it', async () => {
  const agent = new Agent()
  try {
    const server = await startTestServer(database(), { ROLE: 'api' })
    const { thread_id } = await server.client.threads.create()
    const { run_id } = await server.client.runs.create(thread_id, 'echo', { input: { messages: [] } })
    const stream = await request(`${server.url}/threads/${thread_id}/runs/${run_id}/stream`, agent)
    const read = text(stream)
    // A stream that ended would count as complete.
    const cut = expect(read).rejects.toMatchObject({ code: 'ECONNRESET' })
    await server.drain()
    await cut
    const other = await startTestServer(database())
    try {
      const resumed = await request(`${other.url}/threads/${thread_id}/runs/${run_id}/stream`, agent)
      expect(await text(resumed)).toContain('event: values')
    } finally {
      await other.drain()
    }
  } finally {
    agent.destroy()
  }
})
