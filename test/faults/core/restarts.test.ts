import { expect, test } from 'vitest'
import { begun } from '../ground/begun.ts'
import { effectsOf } from '../ground/oracle.ts'
import { useGround } from '../ground/use-ground.ts'

const ground = useGround({ ownPostgres: true })

test('a restart of the database during a model call (fast, immediate, after a crash) loses no run, and the model is not called again', async () => {
  const { postgres, submit, supervise, verify } = ground()
  const server = await supervise()
  const run = await submit(server.current.client, { graph: 'speech', steps: 1 })
  await begun([run], 1)
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    await postgres.stop(signal)
    await postgres.start()
  }
  run.open()
  await verify([run], [server])
  expect(effectsOf(run)).toHaveLength(1)
})
