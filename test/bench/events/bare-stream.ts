// The smallest server that streams a model's tokens to its clients: no graph, no database. It is the peer of the bench `events`.
//
//   node bare-stream.ts       prints its port as soon as it listens
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { TokenModel } from './token-model.ts'

const app = new Hono()
app.post('/threads', (c) => c.json({ thread_id: randomUUID() }))
app.post('/threads/:thread/runs/stream', async (c) => {
  const { input } = await c.req.json()
  const metadata = { thread_id: c.req.param('thread'), run_id: randomUUID() }
  return streamSSE(c, async (stream) => {
    for await (const chunk of await new TokenModel(input.tokens, input.perSecond).stream(input.messages))
      await stream.writeSSE({ event: 'messages', data: JSON.stringify([chunk, metadata]) })
  })
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.stdout.write(`${port}\n`))
