import { describe, expect, test } from 'vitest'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()

describe('a rejected promise that nothing awaits', () => {
  test('fails its run, and does not affect the process and its other runs', async () => {
    const { submit, supervise, verify } = ground()
    const server = await supervise()
    const { client } = server.current
    const innocents = await Promise.all(
      Array.from({ length: 4 }, () => submit(client, { graph: 'work', steps: 3, input: { pauseMs: 500 } })),
    )
    const fault = { step: 2, kind: 'reject' }
    const culprit = await submit(client, { graph: 'work', ends: 'error', input: { steps: 3, pauseMs: 300, fault } })
    await verify([culprit, ...innocents], [server])
    expect(server.lives).toHaveLength(1)
  })
})

describe('an event loop that is blocked for longer than the lease', () => {
  test('fails no run, and makes no run a dead letter', async () => {
    const { submit, supervise, verify } = ground()
    const servers = await Promise.all([supervise(), supervise()])
    const { client } = servers[0].current
    const fault = { step: 2, kind: 'block', blockMs: 13_000, attemptsBelow: 2 }
    const runs = await Promise.all([
      submit(client, { graph: 'work', steps: 3, input: { fault } }),
      ...Array.from({ length: 4 }, () => submit(client, { graph: 'work', steps: 4, input: { pauseMs: 1_000 } })),
    ])
    await verify(runs, servers, 120_000)
  })
})
