import { generateFernetKey } from '@hadal/platform/fernet'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { human, keyIdOf, readings, required, useEncryption, writeEverywhere } from '../fixtures/encrypted-database.ts'
import { answer } from '../fixtures/random-histories.ts'

const encrypted = useEncryption(createDatabase())

test('rotate: new rows use the new key, the command changes the others while a server serves, and the old key can be removed', async () => {
  const [old, recent] = [generateFernetKey(), generateFernetKey()]
  await expect(encrypted.start({ ENCRYPTION: 'required' })).rejects.toThrow(
    'ENCRYPTION is "required", but ENCRYPTION_KEY is not set.',
  )
  const before = await encrypted.start(required(old))
  const threadIds = await writeEverywhere(before, 'text')
  const read = await readings(before, threadIds)
  await encrypted.stop(before)

  const missing = `Rows of the database are encrypted with the key ${keyIdOf(old)}`
  await expect(encrypted.start({})).rejects.toThrow(`${missing}, and ENCRYPTION_KEY is not set.`)
  await expect(encrypted.start(required(recent))).rejects.toThrow(
    `${missing}, and ENCRYPTION_KEY contains only ${keyIdOf(recent)}.`,
  )

  const both = required(`${recent}\n${old}`)
  const after = await encrypted.start(both)
  expect(await readings(after, threadIds)).toEqual(read)
  const { thread_id } = await after.client.threads.create()
  await after.client.runs.wait(thread_id, 'echo', { input: human('new') })
  const counts = await encrypted.seal(both, true)
  expect(counts).toContain('Nothing was changed.')
  expect(counts).toMatch(new RegExp(`hadal.run.request: .*\\b1 with key ${keyIdOf(recent)} \\(the newest\\)`))
  expect(counts).toMatch(new RegExp(`hadal.run.request: .*\\d with key ${keyIdOf(old)}`))

  const running = Promise.all(
    Array.from({ length: 5 }, async () => {
      const { thread_id: id } = await after.client.threads.create()
      await after.client.runs.wait(id, 'steps', { input: { file: '', steps: 20, pauseMs: 5 } })
    }),
  )
  const done = await encrypted.seal(both)
  await running
  expect(done).toContain(`Keys that encrypt nothing any more: ${keyIdOf(old)}`)
  expect(await encrypted.seal(both)).toMatch(/^Encrypted values: 0\n/)
  expect(await readings(after, threadIds)).toEqual(read)
  await encrypted.stop(after)
  const alone = await encrypted.start(required(recent))
  expect(await readings(alone, threadIds)).toEqual(read)
  await encrypted.stop(alone)

  expect(await encrypted.seal({ ENCRYPTION_KEY: recent })).toContain(
    `Keys that encrypt nothing any more: ${keyIdOf(recent)}`,
  )
  expect(await readings(await encrypted.start({}), threadIds)).toEqual(read)
})

test('a key that is missing at a read is an error of the row, with its id', async () => {
  const [key1, key2] = [generateFernetKey(), generateFernetKey()]
  const first = await encrypted.start(required(key1))
  const { thread_id } = await first.client.threads.create()
  await first.client.runs.wait(thread_id, 'echo', { input: human('hello') })
  await encrypted.stop(first)
  // As after a restore of single rows from a backup.
  await encrypted.query('DELETE FROM hadal.sealing_key')
  const second = await encrypted.start(required(key2))
  const reason = `it is encrypted with the key ${keyIdOf(key1)}, which ENCRYPTION_KEY does not contain`
  for (const path of ['', '/state'])
    expect(await answer(second, 'GET', `/threads/${thread_id}${path}`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(reason) },
    })
  const { body } = await answer(second, 'POST', `/threads/${thread_id}/history`, {})
  expect(body).toMatchObject([{ error: expect.stringContaining(reason) }, {}, {}])
  expect(
    await answer(second, 'POST', `/threads/${thread_id}/runs/wait`, { assistant_id: 'echo', input: human('more') }),
  ).toMatchObject({
    body: { __error__: { message: expect.stringContaining(reason) } },
  })
  await second.client.threads.delete(thread_id)
  await encrypted.stop(second)
})
