import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedQuestions } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { makeKey } from '../fixtures/make-key.ts'
import { clientOfPerson, headersOf, peopleSignIn, person } from '../fixtures/people.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { rollAudit } from './roll-audit.ts'

const database = createDatabase()
const effects = effectsFiles()
let owner: pg.Pool
let application: pg.Pool
beforeAll(() => {
  owner = new pg.Pool({ connectionString: database(), max: 2 })
  application = new pg.Pool({ connectionString: serverAddresses(database()).DATABASE_URL, max: 1 })
})
afterAll(() => Promise.all([owner?.end(), application?.end()]))

interface Entry {
  readonly tenant: string
  readonly about: string | null
  readonly by: string
  readonly action: string
  readonly object: string | null
  readonly details: Record<string, unknown>
}

/** Entries of an object, with the users of the pseudonyms. */
const entriesOf = async (object: string): Promise<Entry[]> =>
  (
    await owner.query<Entry>(
      `SELECT audit.tenant, about.owner AS about, coalesce(acting.owner, actor) AS by, action, object, details FROM hadal.audit AS audit
       LEFT JOIN hadal.pseudonym AS about ON about.pseudonym = audit.owner
       LEFT JOIN hadal.pseudonym AS acting ON acting.pseudonym::text = audit.actor WHERE object = $1 ORDER BY at`,
      [object],
    )
  ).rows
const text = async (): Promise<string> =>
  JSON.stringify((await owner.query('SELECT audit::text FROM hadal.audit AS audit')).rows)

describe('the audit', () => {
  test('has the decision of a person on an approval, with pseudonyms and without the arguments, and none of the server', async () => {
    const server: TestServer = await startTestServer(database(), {}, peopleSignIn())
    const [alice, carol] = [person('alice-of-tests', ['read', 'run']), person('hadal:carol', ['approve'])]
    try {
      const { path } = effects()
      const client = clientOfPerson(server.url, alice)
      const { thread_id: thread } = await client.threads.create()
      const content = JSON.stringify([{ name: 'pay', args: { file: path, amount: 1 } }])
      await client.runs.wait(thread, 'guarded', { input: { messages: [{ role: 'user', content }] } })
      const [question] = await askedQuestions(client, thread)
      const resume = { [question?.id ?? '']: { decisions: [{ type: 'approve' }], digest: question?.digest } }
      const answered = await fetch(`${server.url}/threads/${thread}/runs/wait`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headersOf(carol) },
        body: JSON.stringify({ assistant_id: 'guarded', command: { resume } }),
      })
      // The run has ended when the body has.
      await answered.text()
      expect(answered.status).toBe(200)
      expect(await entriesOf(thread)).toEqual([
        {
          tenant: 'acme',
          about: alice.user,
          by: carol.user,
          action: 'approval.decided',
          object: thread,
          details: {
            tool: 'pay',
            decision: 'approve',
            digest: expect.stringMatching(/^[0-9a-f]{64}$/),
            run_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          },
        },
      ])
      await owner.query(
        `INSERT INTO hadal.approval_event (event, digest, tenant, owner, thread_id, place, tool, expires_at, decision, actor)
         SELECT 'decided', digest, tenant, owner, thread_id, place, tool, expires_at, 'expired', 'hadal:expiry' FROM hadal.approval_event LIMIT 1`,
      )
      expect(await entriesOf(thread)).toHaveLength(1)
      for (const secret of [alice.user, 'carol', path]) expect(await text()).not.toContain(secret)
    } finally {
      await server.drain()
    }
  })

  test('has each API key that was made, revoked or replaced, and the sign-ins of administrators, once per hour', async () => {
    const server = await startTestServer(database(), { ACCESS: '{"kind":"api-keys"}' })
    try {
      const made = await makeKey(database(), { user: 'ada-of-tests', roles: ['administer'], tenant: 'acme' })
      const plain = await makeKey(database(), { user: 'bob', roles: ['read'] })
      for (const { text: key } of [made, plain, made])
        expect(
          (await fetch(`${server.url}/assistants/${randomUUID()}`, { headers: { 'x-api-key': key } })).status,
        ).toBe(404)
      const { code } = await runProgram(['keys', 'revoke', made.id], serverAddresses(database()))
      expect(code).toBe(0)
      const of = { tenant: 'acme', about: 'ada-of-tests', object: made.id, details: {} }
      expect(await entriesOf(made.id)).toEqual([
        {
          ...of,
          by: 'operator',
          action: 'key.created',
          details: { roles: ['administer'], expires_at: expect.stringMatching(/^20/) },
        },
        { ...of, by: 'ada-of-tests', action: 'administrator.signed-in' },
        { ...of, by: 'operator', action: 'key.revoked' },
      ])
      expect((await entriesOf(plain.id)).map(({ action }) => action)).toEqual(['key.created'])
      expect(await text()).not.toContain('ada-of-tests')
    } finally {
      await server.drain()
    }
  })

  test('has the command that gives threads to a user', async () => {
    const { code } = await runProgram(
      ['assign', '--user', 'ada-of-tests', '--tenant', 'acme', '--all-threads'],
      serverAddresses(database()),
    )
    expect(code).toBe(0)
    const { rows } = await owner.query(
      "SELECT tenant, actor, details, (SELECT owner FROM hadal.pseudonym WHERE pseudonym = audit.owner) AS about FROM hadal.audit AS audit WHERE action = 'threads.assigned'",
    )
    expect(rows).toEqual([{ tenant: 'acme', actor: 'operator', details: {}, about: 'ada-of-tests' }])
  })

  test('is added to and read by the role of a server, in its tenant only, and changed by nobody', async () => {
    const client = await application.connect()
    const as = async (tenant: string, sql: string): Promise<number | string> => {
      await client.query('BEGIN')
      try {
        await client.query("SELECT set_config('hadal.tenant', $1, true)", [tenant])
        return (await client.query(sql)).rowCount ?? 0
      } catch (error) {
        return error instanceof pg.DatabaseError ? String(error.code) : String(error)
      } finally {
        await client.query('COMMIT')
      }
    }
    const partition = 'hadal_audit.other'
    try {
      const entry = "INSERT INTO hadal.audit (tenant, actor, action, object) VALUES ('one', 'client', 'tested', 'kept')"
      expect(await as('one', entry)).toBe(1)
      expect(await as('two', entry)).toBe('42501')
      expect(await as('one', "SELECT FROM hadal.audit WHERE object = 'kept'")).toBe(1)
      expect(await as('two', "SELECT FROM hadal.audit WHERE object = 'kept'")).toBe(0)
      for (const sql of [
        "UPDATE hadal.audit SET actor = 'another'",
        'DELETE FROM hadal.audit',
        'TRUNCATE hadal.audit',
        `SELECT FROM ${partition}`,
        `DELETE FROM ${partition}`,
        `ALTER TABLE hadal.audit DETACH PARTITION ${partition}`,
        `DROP TABLE ${partition}`,
      ])
        expect([sql, await as('one', sql)]).toEqual([sql, '42501'])
    } finally {
      client.release()
    }
    for (const sql of ["UPDATE hadal.audit SET actor = 'another'", 'DELETE FROM hadal.audit', 'TRUNCATE hadal.audit'])
      await expect(owner.query(sql)).rejects.toThrow('Rows are only ever added to')
    expect(await entriesOf('kept')).toHaveLength(1)
  })
})

describe('months of the audit', () => {
  const roll = async (days?: number) => {
    const client = await owner.connect()
    try {
      return await rollAudit(client, days)
    } finally {
      client.release()
    }
  }
  const add = (object: string, at: string) =>
    owner.query(`INSERT INTO hadal.audit (at, actor, action, object) VALUES (${at}, 'operator', 'tested', $1)`, [
      object,
    ])
  const partitions = async (): Promise<string[]> =>
    (
      await owner.query<{ name: string }>(
        "SELECT relname AS name FROM pg_class WHERE relnamespace = 'hadal_audit'::regnamespace AND relkind = 'r' ORDER BY 1",
      )
    ).rows.map(({ name }) => name)
  const partitionOf = async (object: string): Promise<string | undefined> =>
    (
      await owner.query<{ name: string }>(
        'SELECT tableoid::regclass::text AS name FROM hadal.audit WHERE object = $1',
        [object],
      )
    ).rows[0]?.name

  test('are partitions: of the current and the next ones, and of months whose entries were in none', async () => {
    const before = await partitions()
    expect(before).toHaveLength(5)
    await add('old', "now() - interval '70 days'")
    await add('far', "now() + interval '400 days'")
    await add('now', 'now()')
    expect(await partitionOf('old')).toBe('hadal_audit.other')
    const { added, removed } = await roll()
    expect([added.length, removed]).toEqual([2, []])
    expect(await partitionOf('old')).toMatch(/^hadal_audit\.month_\d{4}_\d\d$/)
    expect(await partitionOf('far')).toMatch(/^hadal_audit\.month_\d{4}_\d\d$/)
    expect(await partitions()).toHaveLength(7)
    expect(await roll()).toEqual({ added: [], removed: [] })
  })

  test('are removed when all their entries are older than the retention', async () => {
    // The month of 70 days ago ended between 39 and 70 days ago.
    expect((await roll(71)).removed).toEqual([])
    expect(await entriesOf('old')).toHaveLength(1)
    const { removed } = await roll(38)
    expect(removed).toEqual([expect.stringMatching(/^hadal_audit\.month_/)])
    expect(await entriesOf('old')).toEqual([])
    for (const object of ['now', 'far']) expect(await entriesOf(object)).toHaveLength(1)
    // An entry of a restored backup that is too old goes with the next call.
    await add('old again', "now() - interval '800 days'")
    await roll(365)
    expect(await entriesOf('old again')).toEqual([])
    expect(await partitions()).toHaveLength(6)
  })

  test('are removed by a migration and kept for the days of AUDIT_RETENTION_DAYS', async () => {
    await add('first', "now() - interval '200 days'")
    const migrate = async (days: string) => {
      const { code } = await runProgram(['migrate'], { ...serverAddresses(database()), AUDIT_RETENTION_DAYS: days })
      expect(code).toBe(0)
    }
    await migrate('0')
    await migrate('232')
    expect(await entriesOf('first')).toHaveLength(1)
    await migrate('160')
    expect(await entriesOf('first')).toEqual([])
  })
})
