import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)

test('streams without an event receive comments, and then the events of their runs', async () => {
  const { client, url } = server()
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'steps', { input: { steps: 1 }, afterSeconds: 17 })
  const read = async (): Promise<string> => {
    const response = await fetch(`${url}/threads/${thread_id}/runs/${run_id}/stream`)
    return response.text()
  }
  const texts = await Promise.all([read(), pause(100).then(read)])
  for (const text of texts) {
    expect(text).toMatch(/^(: heartbeat\n\n)+id: 1\nevent: metadata\n/)
    expect(text).toContain('event: values\n')
  }
})
