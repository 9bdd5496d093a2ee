import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { afterEach, describe, expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import { type FaultyNetwork, faultyNetwork } from './ground/faulty-network.ts'
import { effectsOf } from './ground/oracle.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()
const networks: FaultyNetwork[] = []
afterEach(async () => {
  await Promise.all(networks.splice(0).map((network) => network.close()))
})

async function between(url: string): Promise<FaultyNetwork> {
  const network = await faultyNetwork(url)
  networks.push(network)
  return network
}

describe('the network between one of two servers and the database', () => {
  test.for([
    { what: 'passes no data and reports no error', kind: 'half-open' },
    { what: 'resets every connection', kind: 'refuses' },
  ] as const)('$what: its runs move to the other server, and it serves again afterwards', async ({ kind }) => {
    const { submit, supervise, url, verify } = ground()
    const network = await between(url)
    const cut = await supervise({ DATABASE_URL: network.url, DATABASE_STATEMENT_TIMEOUT_SECONDS: '10' })
    const runs = await Promise.all(
      Array.from({ length: 6 }, () =>
        submit(cut.current.client, { graph: 'work', steps: 10, input: { pauseMs: 500 } }),
      ),
    )
    await begun(runs, 2)
    const other = await supervise()
    network.set({ kind })
    await eventually(
      async () => (await fetch(`${cut.current.url}/ready`)).status,
      (status) => status === 503,
    )
    expect((await fetch(`${cut.current.url}/health`)).status).toBe(200)
    // Longer than the lease, so the other server takes the runs over.
    await pause(15_000)
    network.set(undefined)
    await eventually(
      async () => (await fetch(`${cut.current.url}/ready`)).status,
      (status) => status === 200,
    )
    await verify(runs, [cut, other], 90_000)
    const after = await submit(cut.current.client, { graph: 'work', steps: 2 })
    await verify([after], [cut, other])
  })

  test('is slow: runs take longer, and nothing else changes', async () => {
    const { submit, supervise, url, verify } = ground()
    const network = await between(url)
    const server = await supervise({ DATABASE_URL: network.url })
    network.set({ kind: 'slow', ms: 80 })
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => submit(server.current.client, { graph: 'work', steps: 3 })),
    )
    await verify(runs, [server], 90_000)
    for (const run of runs) expect(effectsOf(run)).toHaveLength(3)
  })
})
