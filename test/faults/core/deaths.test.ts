import { eventually } from '@hadal/runtime/fixtures/eventually'
import { expect, test } from 'vitest'
import { begun } from '../ground/begun.ts'
import { withConnection } from '../ground/fault-database.ts'
import { effectsOf } from '../ground/oracle.ts'
import { useGround } from '../ground/use-ground.ts'

const ground = useGround()

/** Number of stored writes of finished tasks whose superstep has no checkpoint yet. */
const waitingWrites = (threadId: string): Promise<number> =>
  withConnection(ground().url, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM public.checkpoint_writes WHERE thread_id = $1 AND channel = 'done'",
      [threadId],
    )
    return rows[0]?.count ?? 0
  })

test('kill -9 of a server with ten runs moves them to another server: no run is lost or becomes a dead letter, and a branch with stored writes does not run again', async () => {
  const { submit, supervise, verify } = ground()
  const first = await supervise()
  const { client } = first.current
  const branches = await submit(client, { graph: 'branches', steps: 3 })
  const work = await Promise.all(
    Array.from({ length: 9 }, () => submit(client, { graph: 'work', steps: 3, input: { gateAt: 2 } })),
  )
  await eventually(
    () => waitingWrites(branches.threadId),
    (count) => count === 1,
  )
  await begun(work, 2)
  const second = await supervise()
  await first.stop()
  const runs = [branches, ...work]
  for (const { open } of runs) open()
  await verify(runs, [first, second], 90_000)
  expect(effectsOf(branches).filter(({ step }) => step === 1)).toHaveLength(1)
})
