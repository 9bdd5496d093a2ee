import { field } from '@hadal/middleware/unknown-value'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { key, required, useEncryption, writeEverywhere } from '../fixtures/encrypted-database.ts'
import { dumpDatabase } from '../fixtures/every-column.ts'
import { answer } from '../fixtures/random-histories.ts'
import type { TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const encrypted = useEncryption(database)
const canary = 'canary7f3a'

/** The text as it is, and in forms in which a column may have it. */
const forms = [canary, Buffer.from(canary).toString('base64').slice(0, -4), Buffer.from(canary).toString('hex')]
const tablesWithCanary = async (): Promise<string[]> =>
  withClient(database(), async (client) =>
    (await dumpDatabase(client))
      .filter(({ rows }) => rows.some((row) => forms.some((form) => row.includes(form))))
      .map(({ name }) => name),
  )

test('no table contains a text of a prompt, a value, a tool argument, a question, an answer, an error or an item', async () => {
  const server = await encrypted.start(required(key))
  await writeEverywhere(server, canary)
  expect(await tablesWithCanary()).toEqual([])
  await encrypted.stop(server)
  // The same work without encryption shows that the search finds it.
  await writeEverywhere(await encrypted.start({ ENCRYPTION_KEY: key }), canary)
  expect(await tablesWithCanary()).toEqual([
    'hadal.run',
    'hadal.run_event',
    'hadal.store_item',
    'hadal.thread',
    'public.checkpoint_blobs',
    'public.checkpoint_writes',
  ])
  expect(await encrypted.seal(required(key))).toMatch(/^Encrypted values: \d\d/)
  expect(await tablesWithCanary()).toEqual([])
})

test('filters on values, filters of items and the search by meaning are refused with the reason', async () => {
  const server = await encrypted.start(required(key))
  const post = (path: string, body: object) => answer(server, 'POST', path, body)
  const values = {
    status: 422,
    body: {
      detail:
        "values: the values of threads are encrypted, so the database can't compare them. Filter by metadata, status or ids.",
    },
  }
  expect(await post('/threads/search', { values: { a: 1 } })).toEqual(values)
  expect(await post('/threads/count', { values: { a: 1 } })).toEqual(values)
  expect(await post('/threads/search', { values: {}, limit: 1 })).toMatchObject({ status: 200 })
  expect(await post('/store/items/search', { namespace_prefix: ['people'], filter: { a: 1 } })).toEqual({
    status: 422,
    body: {
      detail:
        "filter: the values of items are encrypted, so the database can't compare them. Search by namespace_prefix, and filter the items that you get.",
    },
  })
  expect(await post('/store/items/search', { namespace_prefix: ['people'], query: 'x' })).toMatchObject({
    status: 422,
  })
})

test('the reserved field of a value is refused', async () => {
  const server = await encrypted.start({ ENCRYPTION_KEY: key })
  const item = { namespace: ['people'], key: 'forged', value: { 'hadal:sealed': {} } }
  expect(await answerOfPut(server, item)).toEqual([
    422,
    'The field hadal:sealed of a value is reserved. Name it differently.',
  ])
})

async function answerOfPut(server: TestServer, body: object): Promise<unknown[]> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/store/items`, { method: 'PUT', headers, body: JSON.stringify(body) })
  return [response.status, field(await response.json(), 'detail')]
}
