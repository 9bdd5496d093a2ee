import { Agent, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createDatabase } from './fixtures/create-database.ts'
import { startTestServer } from './fixtures/start-test-server.ts'

const database = createDatabase()

/** Sends one HTTP request on the connection of the `http.Agent`. */
const request = (url: string, agent: Agent): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(url, { agent }, resolve).on('error', reject))

test('a client whose stream ends with the server gets another response on the same connection, because its run has not ended', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    for (let round = 0; round < 10; round += 1) {
      const server = await startTestServer(database(), { ROLE: 'api' })
      const { thread_id } = await server.client.threads.create()
      const { run_id } = await server.client.runs.create(thread_id, 'echo', { input: { messages: [] } })
      const run = `${server.url}/threads/${thread_id}/runs/${run_id}`
      const stream = await request(`${run}/stream`, agent)
      const read = text(stream)
      const drained = server.drain()
      await read
      const answer = await request(run, agent)
      expect(answer.statusCode).toBe(200)
      expect(answer.headers.connection).toBe('close')
      expect(JSON.parse(await text(answer))).toMatchObject({ run_id, status: 'pending' })
      await drained
    }
  } finally {
    agent.destroy()
  }
})
