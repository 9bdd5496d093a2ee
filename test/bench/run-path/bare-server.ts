// The smallest server that runs a graph durably: LangGraph's `invoke` and `stream` on the official saver, behind Hono. It is the peer of the bench
// `run-path`.
//
//   node bare-server.ts DATABASE_URL       prints its port as soon as it listens
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { serve } from '@hono/node-server'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import pg from 'pg'
import { echo } from './echo.ts'

const saver = new PostgresSaver(new pg.Pool({ connectionString: process.argv[2], max: 30 }))
await saver.setup()
const graph = echo().compile({ checkpointer: saver })

const app = new Hono()
app.post('/threads', (c) => c.json({ thread_id: randomUUID() }))
app.post('/threads/:thread/runs/wait', async (c) => {
  const { input } = await c.req.json()
  return c.json(await graph.invoke(input, { configurable: { thread_id: c.req.param('thread') } }))
})
app.post('/threads/:thread/runs/stream', async (c) => {
  const { input } = await c.req.json()
  const configurable = { thread_id: c.req.param('thread') }
  return streamSSE(c, async (stream) => {
    await stream.writeSSE({ event: 'metadata', data: JSON.stringify({ run_id: randomUUID(), attempt: 1 }) })
    for await (const values of await graph.stream(input, { configurable, streamMode: 'values', durability: 'sync' }))
      await stream.writeSSE({ event: 'values', data: JSON.stringify(values) })
  })
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.stdout.write(`${port}\n`))
