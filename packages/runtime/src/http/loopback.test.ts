import { expect, test } from 'vitest'
import { openLoopback } from './loopback.ts'

test('a client that was made while an earlier server was open calls the server that is open now', async () => {
  const global: Record<symbol, (url: string) => Promise<Response>> = {}
  const first = openLoopback(global)
  first.serve({ request: () => new Response('first') })
  const kept = global[Symbol.for('langgraph_api:fetch')]
  expect(await (await kept?.('/ok'))?.text()).toBe('first')
  first.close()
  await expect(kept?.('/ok')).rejects.toThrow('No server runs in this process.')
  const second = openLoopback(global)
  second.serve({ request: () => new Response('second') })
  expect(await (await kept?.('/ok'))?.text()).toBe('second')
  second.close()
})
