import { writeFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { makeKey } from '../fixtures/make-key.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { type Ended, runProgram } from '../fixtures/server-process.ts'
import { clientOf, startTestServer, useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
// What a server without sign-in writes belongs to no user.
const server = useTestServer(database)
const effects = effectsFiles()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

const assign = (...words: string[]): Promise<Ended> => runProgram(['assign', ...words], serverAddresses(database()))

/** Creates a thread with a run. */
async function usedThread(metadata: Record<string, unknown> = {}): Promise<string> {
  const { client } = server()
  const { thread_id } = await client.threads.create({ metadata })
  await client.runs.wait(thread_id, 'deep', { input: { messages: [{ role: 'user', content: 'go on' }] } })
  return thread_id
}

/** Owners of the rows of a thread, by table. */
async function ownersOf(threadId: string): Promise<Record<string, (string | null)[]>> {
  const owners: Record<string, (string | null)[]> = {}
  for (const table of ['thread', 'run', 'thread_spending']) {
    const { rows } = await pool.query(`SELECT DISTINCT owner FROM hadal.${table} WHERE thread_id = $1`, [threadId])
    owners[table] = rows.map(({ owner }) => owner)
  }
  for (const table of ['run_event', 'run_attempt', 'run_spending']) {
    const { rows } = await pool.query(
      `SELECT DISTINCT owner FROM hadal.${table} WHERE run_id IN (SELECT run_id FROM hadal.run WHERE thread_id = $1)`,
      [threadId],
    )
    owners[table] = rows.map(({ owner }) => owner)
  }
  return owners
}
const ownerOf = async (threadId: string): Promise<string | null> => (await ownersOf(threadId)).thread?.[0] ?? null

describe('hadal-runtime assign', () => {
  test('gives threads to a user with everything that belongs to them, and shows it before', async () => {
    const [given, other] = [await usedThread(), await usedThread()]
    // The usage of a run is written just after its end.
    await eventually(
      () => ownersOf(given),
      (owners) => owners.run_spending?.length === 1,
    )
    const words = ['--user', 'ada', '--threads', given]
    expect((await assign(...words, '--dry-run')).output).toBe(
      'Nothing was changed. The command would give to user ada of tenant default:\nthreads: 1, runs: 1\n',
    )
    expect(await ownerOf(given)).toBe(null)
    expect(await assign(...words)).toMatchObject({
      code: 0,
      output: 'Given to user ada of tenant default:\nthreads: 1, runs: 1\n',
    })
    const owners = await ownersOf(given)
    expect(new Set(Object.values(owners).flat())).toEqual(new Set(['ada']))
    expect(Object.keys(owners).filter((table) => owners[table]?.length === 0)).toEqual([])
    expect(new Set(Object.values(await ownersOf(other)).flat())).toEqual(new Set([null]))
  })

  test('gives threads by their metadata, and never those of another user', async () => {
    const threads = await Promise.all([
      usedThread({ team: 'legal' }),
      usedThread({ team: 'legal', x: 1 }),
      usedThread({ team: 'ops' }),
    ])
    expect((await assign('--user', 'bob', '--metadata', '{"team":"legal","x":1}')).output).toContain(
      'threads: 1, runs: 1',
    )
    expect((await assign('--user', 'ada', '--metadata', '{"team":"legal"}')).output).toContain('threads: 1, runs: 1')
    expect(await Promise.all(threads.map(ownerOf))).toEqual(['ada', 'bob', null])
  })

  test('gives all threads in batches while the server executes runs, and says which are busy', async () => {
    const { client } = server()
    const idle = await Promise.all(Array.from({ length: 250 }, async () => (await client.threads.create()).thread_id))
    const { gate } = effects()
    const { thread_id: busy } = await client.threads.create()
    const { run_id } = await client.runs.create(busy, 'steps', { input: { steps: 3, gate } })
    await eventually(
      () => client.threads.get(busy),
      ({ status }) => status === 'busy',
    )
    const [{ code, output }] = await Promise.all([assign('--user', 'eve', '--all-threads'), usedThread()])
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/; \d+ threads are busy: run the command again after their runs\n$/),
    ])
    expect(await Promise.all([...idle.slice(0, 3), busy].map(ownerOf))).toEqual(['eve', 'eve', 'eve', null])
    writeFileSync(gate, '')
    await client.runs.join(busy, run_id)
    await eventually(
      () => client.threads.get(busy),
      ({ status }) => status === 'idle',
    )
    expect((await assign('--user', 'eve', '--all-threads')).code).toBe(0)
    const { rows } = await pool.query('SELECT DISTINCT owner FROM hadal.run WHERE thread_id = $1', [busy])
    expect(rows).toEqual([{ owner: 'eve' }])
  })

  // Row-level security hides the rows of other tenants from the role of the servers, but not from the owner of the tables.
  test.each(['the owner of the tables', 'the role of the servers'])(
    'takes nothing of another tenant, and no items of users, as %s',
    async (role) => {
      const as =
        role === 'the owner of the tables'
          ? { DATABASE_URL: database(), DATABASE_LOOPS_URL: '' }
          : serverAddresses(database())
      const names = async (): Promise<unknown> =>
        (
          await pool.query(
            `SELECT 'thread' AS kind, tenant, owner FROM hadal.thread WHERE metadata ->> 'of' = 'others'
           UNION ALL SELECT key, tenant, owner FROM hadal.store_item WHERE namespace @> '{others}' ORDER BY kind, tenant`,
          )
        ).rows
      await pool.query(
        `INSERT INTO hadal.thread (thread_id, tenant, metadata) VALUES (gen_random_uuid(), 'other', '{"of": "others"}');
       INSERT INTO hadal.store_item (tenant, owner, namespace, key, value) VALUES
         ('other', NULL, '{others}', 'tenant', '{}'), ('default', 'bob', '{hadal:user,bob,others}', 'user', '{}'),
         ('default', 'bob', '{others,shared}', 'shared', '{}')
       ON CONFLICT DO NOTHING`,
      )
      const before = await names()
      const words = ['assign', '--user', 'zoe', '--metadata', '{"of":"others"}', '--items', 'others']
      const shown = (await runProgram([...words, '--dry-run'], as)).output
      expect(shown).toContain('threads: 0')
      expect(shown).toContain('items below others: 0')
      expect(await runProgram(words, as)).toMatchObject({ code: 0, output: expect.stringContaining('threads: 0') })
      await runProgram(['assign', '--user', 'zoe', '--items', 'hadal:user'], as)
      expect(await names()).toEqual(before)
      await pool.query(
        "DELETE FROM hadal.thread WHERE tenant = 'other'; DELETE FROM hadal.store_item WHERE namespace @> '{others}'",
      )
    },
  )

  test('moves items below a namespace to the namespace of the user', async () => {
    const { store } = server().client
    await store.putItem(['memories', 'team'], 'a', { text: 'one' }, { ttl: 60 })
    await store.putItem(['memories', 'team'], 'b', { text: 'two' })
    await store.putItem(['memories2'], 'a', { text: 'other' })
    const read = async () =>
      (
        await pool.query(
          'SELECT namespace, key, owner, value, expires_at FROM hadal.store_item ORDER BY namespace, key',
        )
      ).rows
    const before = await read()
    const words = ['--user', 'ada', '--items', 'memories']
    expect((await assign(...words, '--dry-run')).output).toContain('items below memories: 2\n')
    expect(await read()).toEqual(before)
    expect((await assign(...words)).output).toContain('items below memories: 2\n')
    expect(await read()).toEqual([
      { ...before[0], namespace: ['hadal:user', 'ada', 'memories', 'team'], owner: 'ada' },
      { ...before[1], namespace: ['hadal:user', 'ada', 'memories', 'team'], owner: 'ada' },
      before[2],
    ])
    await store.putItem(['memories', 'team'], 'b', { text: 'a newer one' })
    expect((await assign(...words)).output).toContain(
      'items below memories: 0; 1 items stay, because the user has items at the same places',
    )
  })

  test('moves an encrypted item, which the user then reads', async () => {
    const key = (await runProgram(['secrets', 'generate-key'], {})).output.trim()
    const sealing = { ENCRYPTION: 'required', ENCRYPTION_KEY: key }
    const sealed = await startTestServer(database(), sealing)
    try {
      await sealed.client.store.putItem(['sealed'], 'a', { text: 'secret' })
    } finally {
      await sealed.drain()
    }
    const words = ['assign', '--user', 'ada', '--items', 'sealed']
    const { code, output } = await runProgram(words, { ...serverAddresses(database()), ...sealing })
    expect([code, output]).toEqual([0, expect.stringContaining('items below sealed: 1\n')])
    const { rows } = await pool.query("SELECT value::text FROM hadal.store_item WHERE namespace[3] = 'sealed'")
    expect(rows[0].value).not.toContain('secret')
    const { text } = await makeKey(database(), { user: 'ada', roles: ['read'] })
    const signedIn = await startTestServer(database(), { ...sealing, ACCESS: JSON.stringify({ kind: 'api-keys' }) })
    try {
      const { store } = clientOf(signedIn.url, text)
      expect((await store.getItem(['sealed'], 'a'))?.value).toEqual({ text: 'secret' })
      expect((await store.getItem(['memories', 'team'], 'a'))?.value).toEqual({ text: 'one' })
    } finally {
      await signedIn.drain()
    }
  })

  test.each([
    [['--all-threads'], '--user is missing.'],
    [['--user', 'ada'], 'Nothing to give: name --threads, --metadata, --all-threads or --items.'],
    [['--user', 'ada', '--all-threads', '--threads', 'x'], 'Give one of --threads, --metadata and --all-threads.'],
    [['--user', 'ada', '--threads', 'x'], '--threads has "x", which is not the id of a thread.'],
    [['--user', 'ada', '--metadata', '{}'], '--metadata is {}. Give a JSON object with at least one field'],
    [['--user', 'ada', '--metadata', '[1]'], '--metadata is [1].'],
    [['--user', 'ada', '--metadata', 'team'], '--metadata is team.'],
    [['--user', 'ada', '--items', 'a..b'], '--items is "a..b", which contains an empty label.'],
    [
      ['--user', 'ada', '--items', 'hadal:user.ada'],
      '--items is "hadal:user.ada", which contains the label "hadal:user" with a period or a colon.',
    ],
  ])('refuses %j with one sentence', async (words, sentence) => {
    const { code, output, errors } = await assign(...words)
    expect([code, output, errors]).toEqual([1, '', expect.stringContaining(sentence)])
  })
})
