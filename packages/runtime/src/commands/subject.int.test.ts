import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listDeletionFiles, readDeletionFile } from '../backup/deletions/deletion-file.ts'
import { tableClasses } from '../backup/table-classes.ts'
import { directoryTarget } from '../backup/targets/directory-target.ts'
import { askedQuestions } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { dumpDatabase } from '../fixtures/every-column.ts'
import { makeKey } from '../fixtures/make-key.ts'
import { clientOfPerson, headersOf, type Person, peopleSignIn, person } from '../fixtures/people.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { type Ended, runProgram } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { inNoExport, ofThreads, ofUser } from './subject-sources.ts'

const database = createDatabase()
const effects = effectsFiles()
const encryption = { ENCRYPTION: 'required', ENCRYPTION_KEY: generateFernetKey() }
let folder = ''
let server: TestServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hadal-subject-'))
  server = await startTestServer(database(), encryption, peopleSignIn())
})
afterAll(async () => {
  await server?.drain()
  await rm(folder, { recursive: true, force: true })
})
afterEach(() => rm(join(folder, 'deletions'), { recursive: true, force: true }))

const subject = (...words: string[]): Promise<Ended> =>
  runProgram(['subject', ...words], {
    ...serverAddresses(database()),
    ...encryption,
    ENCRYPTION: 'off',
    BACKUP_TARGET: `file://${folder}`,
    BACKUP_RECIPIENTS: '',
  })
const sql = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database(), async (client) => (await client.query<Row>(text, values)).rows)
const dump = async (): Promise<string> => JSON.stringify(await withClient(database(), dumpDatabase))

/** A user with a random name, which is found in a dump of the database. */
const someone = (): Person => person(`subject-${randomUUID()}`, ['read', 'run', 'approve'])
const messages = (content: unknown) => ({ messages: [{ role: 'user', content: JSON.stringify(content) }] })

interface Written {
  readonly threads: readonly string[]
  /** Thread of another user on which the user ran. */
  readonly foreign: string
}

/** Lets a user write to every table that has rows of users. @param text stored values contain it */
async function write(who: Person, text: string): Promise<Written> {
  const client = clientOfPerson(server.url, who)
  const { path } = effects()
  const { thread_id: asking } = await client.threads.create({ metadata: { team: 'legal' } })
  await client.runs.wait(asking, 'guarded', {
    input: messages([{ name: 'pay', args: { file: path, amount: 1, note: text } }]),
  })
  const [question] = await askedQuestions(client, asking)
  const resume = { [question?.id ?? '']: { decisions: [{ type: 'approve' }], digest: question?.digest } }
  await client.runs.wait(asking, 'guarded', { command: { resume } })
  const { thread_id: streamed } = await client.threads.create()
  for await (const _event of client.runs.stream(streamed, 'steps', {
    input: { steps: 2, file: '', gate: text },
    streamMode: ['values', 'updates'],
  })) {
  }
  await client.runs.create(null, 'steps', { input: { steps: 1 } })
  await client.store.putItem(['notes'], 'mine', { text })
  await client.assistants.create({ graphId: 'steps', name: 'an assistant' })
  await makeKey(database(), { user: who.user, tenant: who.tenant, roles: ['read'] })
  await fetch(`${server.url}/threads/${streamed}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headersOf(who) },
    body: JSON.stringify({ assistant_id: 'steps', input: { steps: 1, gate: '' } }),
  })
  const other = clientOfPerson(server.url, person('other-user', ['read', 'run'], who.tenant))
  const { thread_id: foreign } = await other.threads.create()
  await clientOfPerson(server.url, { ...who, roles: ['administer', 'run', 'read'] }).runs.wait(foreign, 'steps', {
    input: { steps: 1 },
  })
  await eventually(
    () => sql('SELECT FROM hadal.run WHERE owner = $1 AND ended_at IS NULL', [who.user]),
    (rows) => rows.length === 0,
  )
  return { threads: [asking, streamed], foreign }
}

interface Line {
  readonly table: string
  readonly row: Record<string, unknown>
}
const linesOf = ({ output }: Ended): Line[] =>
  output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))

test('every table of a backup is in the export of a user or of a thread, or has the reason why it is not', () => {
  const kept = Object.entries(tableClasses).flatMap(([name, entry]) => (entry.class === 'kept' ? [name] : []))
  const exported = new Set([...ofThreads, ...ofUser].map(({ table }) => table))
  expect(kept.filter((name) => !exported.has(name) && !(name in inNoExport))).toEqual([])
  expect(Object.keys(inNoExport).filter((name) => exported.has(name) || !kept.includes(name))).toEqual([])
})

describe('hadal-runtime subject export', () => {
  test('writes everything of a user as lines of JSON, with encrypted values and events opened, and nothing of others', async () => {
    const [who, text] = [someone(), `secret-${randomUUID()}`]
    const { threads, foreign } = await write(who, text)
    const bystander = someone()
    await clientOfPerson(server.url, bystander).store.putItem(['notes'], 'mine', { text: 'of the bystander' })
    expect(await dump()).not.toContain(text)
    const ended = await subject('export', '--user', who.user, '--tenant', who.tenant)
    expect([ended.code, ended.errors]).toEqual([
      0,
      expect.stringMatching(/^Exported user "subject-.+" of tenant "acme": \d+ rows\.\n$/),
    ])
    const lines = linesOf(ended)
    const of = (table: string) => lines.filter((line) => line.table === table).map(({ row }) => row)
    const empty = ['hadal.run_review']
    const missing = [...ofThreads, ...ofUser].filter(({ table }) => of(table).length === 0 && !empty.includes(table))
    expect(missing).toEqual([])
    expect(of('hadal.thread').map(({ thread_id }) => thread_id)).toEqual(expect.arrayContaining([...threads]))
    expect(of('hadal.run').map(({ thread_id }) => thread_id)).toContain(foreign)
    for (const table of ['hadal.run', 'hadal.thread', 'public.checkpoint_blobs', 'hadal.store_item'])
      expect([table, JSON.stringify(of(table))]).toEqual([table, expect.stringContaining(text)])
    expect(of('hadal.run_event').filter(({ event }) => event === 'updates').length).toBe(2)
    expect(of('hadal.audit').map(({ action }) => action)).toEqual(
      expect.arrayContaining(['approval.decided', 'key.created']),
    )
    for (const foreignText of ['hadal:sealed', 'of the bystander', bystander.user, '"hash"'])
      expect(ended.output).not.toContain(foreignText)
    expect(await sql("SELECT actor, tenant FROM hadal.audit WHERE action = 'subject.exported'")).toEqual([
      { actor: 'operator', tenant: who.tenant },
    ])
  })

  test('writes everything of a thread', async () => {
    const who = someone()
    const { threads } = await write(who, 'a text')
    const [thread = ''] = threads
    const ended = await subject('export', '--thread', thread)
    expect(ended.code).toBe(0)
    const lines = linesOf(ended)
    expect(new Set(lines.flatMap(({ row }) => (typeof row.thread_id === 'string' ? [row.thread_id] : [])))).toEqual(
      new Set([thread]),
    )
    expect(new Set(lines.map(({ table }) => table))).toEqual(
      new Set(ofThreads.map(({ table }) => table).filter((table) => table !== 'hadal.run_review')),
    )
  })

  test('says what is wrong with its arguments, its role and its keys', async () => {
    const who = someone()
    await clientOfPerson(server.url, who).store.putItem(['notes'], 'mine', { text: 'a text' })
    const refused = async (sentence: string, ...words: string[]) => {
      const { code, output, errors } = await subject('export', ...words)
      expect([code, output, errors]).toEqual([1, '', expect.stringContaining(sentence)])
    }
    await refused('Give either --user, such as --user ada, or --thread')
    await refused('Give either --user, such as --user ada, or --thread', '--user', 'ada', '--thread', randomUUID())
    await refused('--thread is "12", which is not the id of a thread.', '--thread', '12')
    await refused('The database keeps nothing of user "nobody" of tenant "default". Check the name', '--user', 'nobody')
    const id = randomUUID()
    await refused(`There is no thread ${id}.`, '--thread', id)
    const run = (variables: Record<string, string>) =>
      runProgram(['subject', 'export', '--user', who.user, '--tenant', 'acme'], {
        ...serverAddresses(database()),
        ...variables,
      })
    const restricted = await run({ DATABASE_OWNER_URL: serverAddresses(database()).DATABASE_URL ?? '' })
    expect([restricted.code, restricted.errors]).toEqual([1, expect.stringContaining('Set DATABASE_OWNER_URL')])
    const keyless = await run({})
    expect([keyless.code, keyless.errors]).toEqual([1, expect.stringContaining('ENCRYPTION_KEY is not set')])
  })
})

describe('hadal-runtime subject delete', () => {
  test('leaves no trace of a user in the database; rows of others, the ledger and the audit have a pseudonym that names nobody', async () => {
    const [who, bystander] = [someone(), someone()]
    const { threads, foreign } = await write(who, 'a text')
    const kept = await write(bystander, 'another text')
    const [known] = await sql<{ pseudonym: string }>('SELECT pseudonym::text FROM hadal.pseudonym WHERE owner = $1', [
      who.user,
    ])
    const ended = await subject('delete', '--user', who.user, '--tenant', who.tenant)
    expect([ended.code, ended.errors]).toEqual([
      0,
      expect.stringContaining('The log of deletions in the backup target has the deletion'),
    ])
    expect(ended.output).toContain(
      `Deleted user "${who.user}" of tenant "acme":\nthreads: 3\nitems: 1\nassistants: 1\nAPI keys: 1\n`,
    )
    expect(ended.output).toContain('runs on threads of others: 1\n')
    const left = await dump()
    expect(left).not.toContain(who.user)
    for (const thread of threads)
      expect(await sql('SELECT FROM hadal.thread WHERE thread_id = $1', [thread])).toEqual([])
    expect(await sql('SELECT owner FROM hadal.run WHERE thread_id = $1', [foreign])).toEqual([
      { owner: known?.pseudonym },
    ])
    expect(
      await sql(
        "SELECT DISTINCT actor, owner FROM hadal.approval_event WHERE thread_id = $1 AND event = 'decided'",
        threads.slice(0, 1),
      ),
    ).toEqual([{ actor: known?.pseudonym, owner: known?.pseudonym }])
    expect(await sql('SELECT action FROM hadal.audit WHERE owner = $1 ORDER BY at', [known?.pseudonym])).toEqual(
      expect.arrayContaining([{ action: 'approval.decided' }, { action: 'subject.deleted' }]),
    )
    // The log names the user by the pseudonym, and each thread by a hash.
    const target = directoryTarget(folder)
    const files = await listDeletionFiles(target)
    const lines = (await Promise.all(files.map(({ path }) => readDeletionFile(target, path)))).flat()
    expect(lines.filter(({ kind }) => kind === 'user').map(({ pseudonym }) => pseudonym)).toEqual([known?.pseudonym])
    expect(lines.filter(({ kind }) => kind === 'thread').length).toBeGreaterThanOrEqual(3)
    // Everything of another user is as before.
    const client = clientOfPerson(server.url, bystander)
    for (const thread of kept.threads) expect((await client.runs.list(thread)).length).toBeGreaterThan(0)
    expect(await client.store.getItem(['notes'], 'mine')).toMatchObject({ value: { text: 'another text' } })
    const again = await subject('delete', '--user', who.user, '--tenant', who.tenant)
    expect([again.code, again.errors]).toEqual([1, expect.stringContaining('The database keeps nothing of user')])
  })

  test('leaves the user with the same id in another tenant as it is', async () => {
    const who = someone()
    await write(who, 'a text')
    await write({ ...who, tenant: 'twin' }, 'a text of the twin')
    const tables = ['thread', 'run', 'store_item', 'assistant', 'assistant_version', 'api_key', 'idempotency_key']
    const rows = (): Promise<unknown[]> =>
      Promise.all(
        [...tables, 'approval_event'].map((table) =>
          sql(
            `SELECT '${table}' AS name, count(*)::int AS rows FROM hadal.${table} WHERE tenant = 'twin' AND owner = $1`,
            [who.user],
          ),
        ),
      )
    const before = await rows()
    expect(JSON.stringify(before)).not.toContain('"rows":0')
    expect((await subject('delete', '--user', who.user, '--tenant', who.tenant)).code).toBe(0)
    expect(await rows()).toEqual(before)
  })

  test('ends the runs of the deleted threads, and refuses while a run of the user is active on the thread of another user', async () => {
    const who = { ...someone(), roles: ['administer', 'run', 'read'] as const }
    const client = clientOfPerson(server.url, who)
    const { path } = effects()
    const { thread_id: own } = await client.threads.create()
    await client.runs.create(own, 'steps', { input: { steps: 3, file: '', gate: `${path}-never` } })
    const other = clientOfPerson(server.url, person('other-user', ['read', 'run']))
    const { thread_id: foreign } = await other.threads.create()
    const { run_id } = await client.runs.create(foreign, 'steps', { input: { steps: 1 }, afterSeconds: 3_600 })
    const refused = await subject('delete', '--user', who.user, '--tenant', who.tenant)
    expect([refused.code, refused.errors]).toEqual([
      1,
      expect.stringContaining(
        `Runs of user "${who.user}" are not over on threads of other users: run ${run_id} on thread ${foreign}.`,
      ),
    ])
    expect((await client.threads.get(own)).thread_id).toBe(own)
    await client.runs.cancel(foreign, run_id, true)
    expect((await subject('delete', '--user', who.user, '--tenant', who.tenant)).code).toBe(0)
    expect(await sql("SELECT FROM pgboss.job WHERE singleton_key = $1 AND state < 'completed'", [own])).toEqual([])
    expect(await dump()).not.toContain(who.user)
  })

  test('deletes a thread', async () => {
    const who = someone()
    const { threads } = await write(who, 'a text')
    const [thread = '', kept = ''] = threads
    const ended = await subject('delete', '--thread', thread)
    expect([ended.code, ended.output]).toEqual([0, `Deleted thread ${thread}.\n`])
    expect(await sql('SELECT FROM public.checkpoints WHERE thread_id = $1', [thread])).toEqual([])
    expect(await sql('SELECT FROM public.checkpoints WHERE thread_id = $1', [kept])).not.toEqual([])
    expect(
      await sql("SELECT object, actor FROM hadal.audit WHERE action = 'subject.deleted' AND object = $1", [thread]),
    ).toEqual([{ object: thread, actor: 'operator' }])
  })

  test('of a user who has API keys refuses the keys', async () => {
    const keyed = await startTestServer(database(), { ...encryption, ACCESS: '{"kind":"api-keys"}' })
    try {
      const who = someone()
      const { text } = await makeKey(database(), { user: who.user, tenant: who.tenant, roles: ['read', 'run'] })
      const status = async () =>
        (
          await fetch(`${keyed.url}/threads`, {
            method: 'POST',
            headers: { 'x-api-key': text, 'content-type': 'application/json' },
            body: '{}',
          })
        ).status
      expect(await status()).toBe(200)
      expect((await subject('delete', '--user', who.user, '--tenant', who.tenant)).code).toBe(0)
      expect(await status()).toBe(401)
    } finally {
      await keyed.drain()
    }
  })
})
