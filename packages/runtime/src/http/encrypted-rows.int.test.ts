import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { assign } from '../commands/assign.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { human, key, required, useEncryption } from '../fixtures/encrypted-database.ts'
import { answer } from '../fixtures/random-histories.ts'
import { createSeals } from '../secrets/create-seals.ts'

const encrypted = useEncryption(createDatabase())

describe('a row that was moved or changed is refused by name', () => {
  const refused = "can't be decrypted: its bytes were changed, or they were encrypted for another row"

  test('the values of a thread, and a search that finds it with the others', async () => {
    const server = await encrypted.start(required(key))
    const { threads, runs } = server.client
    const [mine, other] = [await threads.create(), await threads.create()].map(({ thread_id }) => thread_id)
    for (const id of [mine, other]) await runs.wait(id ?? '', 'echo', { input: human(`hello ${id}`) })
    await encrypted.query(
      'UPDATE hadal.thread SET "values" = (SELECT "values" FROM hadal.thread WHERE thread_id = $1) WHERE thread_id = $2',
      [mine, other],
    )
    const detail = `hadal.thread.values of default / ${other} ${refused}. Restore the row from a backup.`
    expect(await answer(server, 'GET', `/threads/${other}`)).toEqual({ status: 409, body: { detail } })
    const { body } = await answer(server, 'POST', '/threads/search', {
      ids: [mine, other],
      sort_by: 'created_at',
      sort_order: 'asc',
    })
    expect(body).toMatchObject([
      { thread_id: mine, values: { messages: expect.any(Array) }, error: null },
      { thread_id: other, values: null, error: { error: 'SealError', message: detail } },
    ])
    await encrypted.query(`UPDATE hadal.thread SET tenant = 'another' WHERE thread_id = $1`, [mine])
    const moved = await answer(server, 'GET', `/threads/${mine}`)
    expect([404, 409]).toContain(moved.status)
  })

  test('values and writes of checkpoints', async () => {
    const server = await encrypted.start(required(key))
    const { threads, runs } = server.client
    const [mine, other] = [await threads.create(), await threads.create()].map(({ thread_id }) => thread_id)
    for (const id of [mine, other]) await runs.wait(id ?? '', 'nested', { input: { text: `ask ${id}` } })
    // The value has the same version in both threads, so that only its thread differs.
    await encrypted.query(
      `UPDATE public.checkpoints AS checkpoint SET checkpoint = jsonb_set(checkpoint, '{channel_versions,text}', to_jsonb(mine.version))
       FROM public.checkpoint_blobs AS mine
       WHERE checkpoint.thread_id = $2 AND checkpoint.checkpoint_ns = '' AND mine.thread_id = $1 AND mine.checkpoint_ns = '' AND mine.channel = 'text'`,
      [mine, other],
    )
    await encrypted.query(
      `UPDATE public.checkpoint_blobs AS blob SET blob = mine.blob, version = mine.version FROM public.checkpoint_blobs AS mine
       WHERE mine.thread_id = $1 AND blob.thread_id = $2 AND mine.checkpoint_ns = '' AND blob.checkpoint_ns = '' AND mine.channel = 'text' AND blob.channel = 'text'`,
      [mine, other],
    )
    const { status, body } = await answer(server, 'GET', `/threads/${other}/state`)
    expect({ status, body }).toMatchObject({ status: 409, body: { detail: expect.stringContaining(refused) } })
    const failed = await runs.wait(other ?? '', 'nested', { command: { resume: 1 }, raiseError: false })
    expect(JSON.stringify(failed)).toContain(refused)
  })

  test('the request of a run, of which the run ends with the reason', async () => {
    const server = await encrypted.start(required(key))
    const { threads, runs } = server.client
    const { thread_id } = await threads.create()
    const { run_id: first } = await runs.create(thread_id, 'echo', { input: human('first'), afterSeconds: 3_600 })
    const { run_id: second } = await runs.create(thread_id, 'echo', {
      input: human('second'),
      multitaskStrategy: 'enqueue',
      afterSeconds: 3_600,
    })
    await encrypted.query(
      'UPDATE hadal.run SET request = (SELECT request FROM hadal.run WHERE run_id = $1) WHERE run_id = $2',
      [second, first],
    )
    await encrypted.query(`UPDATE pgboss.job SET start_after = now() WHERE id = $1`, [first])
    const result = await answer(server, 'GET', `/threads/${thread_id}/runs/${first}/join`)
    expect(result.body).toMatchObject({
      __error__: {
        error: 'SealError',
        message: expect.stringContaining(`hadal.run.request of default / ${first} ${refused}`),
      },
    })
  })

  test('an event of a run, in whose place the stream has the reason', async () => {
    const server = await encrypted.start(required(key))
    const { threads, runs } = server.client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'echo', { input: human('hello') })
    const [run] = await runs.list(thread_id)
    await encrypted.query('UPDATE hadal.run_event SET sequence = sequence + 100 WHERE run_id = $1', [run?.run_id])
    const response = await fetch(`${server.url}/threads/${thread_id}/runs/${run?.run_id}/stream`, {
      headers: { 'last-event-id': '-1' },
    })
    expect(await response.text()).toContain(refused)
  })

  test('an item of the store', async () => {
    const server = await encrypted.start(required(key))
    const { store } = server.client
    await store.putItem(['people'], 'anna', { text: 'a' })
    await store.putItem(['people'], 'ben', { text: 'b' })
    await encrypted.query(
      `UPDATE hadal.store_item SET value = (SELECT value FROM hadal.store_item WHERE key = 'anna' AND namespace = '{people}') WHERE key = 'ben'`,
    )
    const { status, body } = await answer(server, 'GET', '/store/items?namespace=people&key=ben')
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`hadal.store_item.value of default / ben / people ${refused}`) },
    })
  })
})

test('hadal-runtime seal names the values that can not be decrypted, and changes all others', async () => {
  await expect(encrypted.seal({ ENCRYPTION_KEY: key })).rejects.toThrow(
    /^\d+ values can't be decrypted and stay as they are\. All others are done\./,
  )
  expect(await encrypted.seal({ ENCRYPTION_KEY: key }, true)).toMatch(
    /hadal\.run\.request: \d+ with key [0-9a-f]{16} \(the newest\), \d+ plain/,
  )
})

describe('hadal-runtime assign', () => {
  const database = createDatabase()
  const encrypted = useEncryption(database)

  test('items that hadal-runtime assign moves to a user are encrypted for their new place', async () => {
    const server = await encrypted.start(required(key))
    await server.client.store.putItem(['memories'], 'one', { text: 'kept' })
    const given = {
      options: new Map([
        ['user', 'ada'],
        ['items', 'memories'],
      ]),
      flags: new Set<string>(),
      argument: undefined,
    }
    const pool = new pg.Pool({ connectionString: database(), max: 1 })
    try {
      await expect(assign(given, pool, undefined)).rejects.toThrow('ENCRYPTION_KEY is not set')
      expect(await assign(given, pool, createSeals({ ENCRYPTION: 'required', ENCRYPTION_KEY: key }))).toContain(
        'items below memories: 1',
      )
    } finally {
      await pool.end()
    }
    const { body } = await answer(server, 'POST', '/store/items/search', { namespace_prefix: ['memories'] })
    expect(body).toEqual({ items: [] })
    await encrypted.stop(server)
    await encrypted.seal({ ENCRYPTION_KEY: key })
    const rows = await encrypted.query<{ value: unknown }>(
      `SELECT value FROM hadal.store_item WHERE namespace = '{hadal:user,ada,memories}'`,
    )
    expect(rows).toEqual([{ value: { text: 'kept' } }])
  })
})
