import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import { effectsOf } from './ground/oracle.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround({ ownPostgres: true })

test('kill -9 during a model call loses only that call: the next process repeats it, and the answer is complete', async () => {
  const { submit, supervise, verify } = ground()
  const server = await supervise()
  const run = await submit(server.current.client, { graph: 'speech', steps: 1 })
  await begun([run], 1)
  await server.replace('SIGKILL')
  run.open()
  await verify([run], [server])
  expect(effectsOf(run)).toHaveLength(2)
  const { values } = await server.current.client.threads.getState<{ messages: { content: string }[] }>(run.threadId)
  expect(values.messages.map(({ content }) => content)).toEqual(['All words of one answer'])
})

test('a model call that ends during a database outage is not repeated: its answer is written after the outage', async () => {
  const { postgres, submit, supervise, verify } = ground()
  const server = await supervise()
  const run = await submit(server.current.client, { graph: 'speech', steps: 1 })
  await begun([run], 1)
  await postgres.stop('SIGINT')
  run.open()
  await pause(3_000)
  await postgres.start()
  await verify([run], [server])
  expect(effectsOf(run)).toHaveLength(1)
})
