import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { key, readings, required, useEncryption, writeEverywhere } from '../fixtures/encrypted-database.ts'
import { type Action, act, actions, historyOf, idOf, prune } from '../fixtures/random-histories.ts'

const encrypted = useEncryption(createDatabase())
const canary = 'canary7f3a'

test('everything reads as it does after the decryption of every value, and of what is encrypted again', async () => {
  const server = await encrypted.start(required(key))
  const threadIds = await writeEverywhere(server, canary)
  const before = await readings(server, threadIds)
  await encrypted.stop(server)
  expect(await encrypted.seal({ ENCRYPTION_KEY: key })).toMatch(/^Decrypted values: \d\d/)
  const plain = await encrypted.start({})
  expect(await readings(plain, threadIds)).toEqual(before)
  await encrypted.stop(plain)
  await encrypted.seal(required(key))
  expect(await readings(await encrypted.start(required(key)), threadIds)).toEqual(before)
})

test('threads with random histories read as they do after the decryption', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(actions, { minLength: 3, maxLength: 7 }), fc.boolean(), async (history, prunes) => {
      const threadIds = await randomThread(history, prunes)
      const server = await encrypted.start(required(key))
      const before = await readings(server, threadIds)
      await encrypted.stop(server)
      await encrypted.seal({ ENCRYPTION_KEY: key })
      const plain = await encrypted.start({})
      expect(await readings(plain, threadIds)).toEqual(before)
      await encrypted.stop(plain)
    }),
    { numRuns: 3 },
  )
})

async function randomThread(history: readonly Action[], prunes: boolean): Promise<string[]> {
  const server = await encrypted.start(required(key))
  const { thread_id: threadId } = await server.client.threads.create({ graphId: 'nested' })
  for (const action of history) await act(server, threadId, action, (await historyOf(server, threadId)).map(idOf))
  const { thread_id: copy } = await server.client.threads.copy(threadId)
  if (prunes) await prune(server, [copy])
  await act(server, copy, { kind: 'ask', pick: 1 })
  const { thread_id: rolledBack } = await server.client.threads.copy(copy)
  const input = { file: '', steps: 50, pauseMs: 20 }
  const { run_id } = await server.client.runs.create(rolledBack, 'steps', { input })
  await server.client.runs.cancel(rolledBack, run_id, true, 'rollback')
  await encrypted.stop(server)
  return [threadId, copy, rolledBack]
}
