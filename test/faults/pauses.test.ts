import { describe, expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import { effectsOf } from './ground/oracle.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()

/** Duration of a pause by SIGSTOP in milliseconds, longer than a worker's lease of 10 s. */
const longPauseMs = 14_000

describe('SIGSTOP for longer than the lease', () => {
  test('of each of two servers in turn loses no run, repeats no finished step, and makes no run a dead letter', async () => {
    const { submit, supervise, verify } = ground()
    const servers = await Promise.all([supervise(), supervise()])
    const runs = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        submit(servers[index % 2 === 0 ? 0 : 1].current.client, {
          graph: 'work',
          steps: 20,
          input: { pauseMs: 1_000 },
        }),
      ),
    )
    await begun(runs, 2)
    await servers[0].pauseFor(longPauseMs)
    await servers[1].pauseFor(longPauseMs)
    await verify(runs, servers, 120_000)
  })

  test('of the only server: it resumes its runs after the pause', async () => {
    const { submit, supervise, verify } = ground()
    const server = await supervise()
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => submit(server.current.client, { graph: 'work', steps: 3, input: { gateAt: 2 } })),
    )
    await begun(runs, 2)
    await server.pauseFor(longPauseMs)
    for (const { open } of runs) open()
    await verify(runs, [server])
  })
})

describe('a step that takes ten times as long as the lease', () => {
  test('is executed once', async () => {
    const { submit, supervise, verify } = ground()
    const servers = await Promise.all([supervise(), supervise()])
    const run = await submit(servers[0].current.client, { graph: 'work', steps: 1, input: { pauseMs: 100_000 } })
    await verify([run], servers, 150_000)
    expect(effectsOf(run)).toHaveLength(1)
  })
})
