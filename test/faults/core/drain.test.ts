import { collected } from '@hadal/runtime/fixtures/collected'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { clientOf } from '@hadal/runtime/fixtures/start-test-server'
import { expect, test } from 'vitest'
import { begun } from '../ground/begun.ts'
import { type ServiceAddress, serviceAddress } from '../ground/service-address.ts'
import { useGround } from '../ground/use-ground.ts'

const ground = useGround()

/** Sends requests continuously until it is stopped, and records their status codes. */
function keepAsking(service: ServiceAddress): () => Promise<number[]> {
  const statuses: number[] = []
  let stopped = false
  const asking = (async () => {
    while (!stopped) {
      const answer = await fetch(`${service.url}/threads/count`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: '{}',
      })
      await answer.body?.cancel()
      statuses.push(answer.status)
    }
  })()
  return async () => {
    stopped = true
    await asking
    return statuses
  }
}

test('SIGTERM of one of two servers with 20 streaming clients: no client gets a 5xx, and every stream resumes without gap or duplicate', async () => {
  const { files, supervise, verify } = ground()
  // As in the chart: a draining server answers until the Service has removed it.
  const variables = { DRAIN_SERVE_SECONDS: '5' }
  const servers = await Promise.all([supervise(variables), supervise(variables)])
  const service = await serviceAddress(() => servers.map(({ current }) => current.url))
  try {
    const client = clientOf(service.url)
    const clients = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const own = files()
        const { thread_id } = await client.threads.create()
        const input = { file: own.file, steps: 4, gateAt: 2, gate: own.gate }
        const stream = collected(client.runs.stream(thread_id, 'work', { input, streamMode: 'updates' }))
        const [run] = await eventually(
          () => client.runs.list(thread_id),
          (listed) => listed.length === 1,
        )
        return { ...own, threadId: thread_id, runId: run?.run_id ?? '', ends: 'success' as const, steps: 4, stream }
      }),
    )
    // Each server executes ten runs at the same time.
    await begun(clients, 2)
    const stopAsking = keepAsking(service)
    const stopped = servers[0].stop('SIGTERM')
    await eventually(
      () => servers[0].lives[0]?.log.some((line) => line.includes('"event":"draining"')) ?? false,
      Boolean,
    )
    for (const { open } of clients) open()
    for (const { stream } of clients) {
      const parts = await stream
      expect(parts.map(({ id }) => Number(id))).toEqual(parts.map((_, index) => index + 1))
      const updates = parts.filter(({ event }) => event === 'updates').map(({ data }) => data)
      expect(updates).toEqual([1, 2, 3, 4].map((step) => ({ step: { done: [step] } })))
    }
    await stopped
    const statuses = await stopAsking()
    expect(statuses.length).toBeGreaterThan(0)
    expect(new Set(statuses)).toEqual(new Set([200]))
    await verify(clients, servers)
  } finally {
    await service.close()
  }
})
