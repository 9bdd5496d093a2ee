import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type pg from 'pg'
import { insertAudit } from '../store/queries/audit.ts'
import { rowSecurityIsActive } from '../store/queries/row-security.ts'
import type { Seals } from '../store/sealing/seals.ts'
import { nameOf, nothingKept, type Subject } from './given-subject.ts'
import { type JsonRow, SubjectRows } from './subject-rows.ts'
import { ofThreads, ofUser, type SubjectSource } from './subject-sources.ts'

/** Number of rows that are read at once. Rows may be large. */
const rowsAtOnce = 50
/** Number of threads whose rows are read together. */
const threadsAtOnce = 100

/**
 * Executes `hadal-runtime subject export`: writes everything that the database keeps of a user or of a thread as lines of JSON, each with a table and a
 * row, as of one moment. Encrypted values are decrypted.
 *
 * @param client connection as the owner of the tables
 * @param seals encryption of the database
 * @returns a sentence for the standard error
 * @throws Error with one sentence; the lines are incomplete then
 */
export async function exportSubject(
  client: pg.ClientBase,
  subject: Subject,
  seals: Seals | undefined,
  output: Writable,
): Promise<string> {
  await requireOwner(client)
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const tenant = subject.kind === 'user' ? subject.tenant : await tenantOf(client, subject.threadId)
  if (tenant === undefined) throw nothingKept(subject)
  let lines = 0
  const write = async (source: SubjectSource, values: readonly unknown[]): Promise<void> => {
    const rows = new SubjectRows(source.table, tenant, seals)
    for await (const row of rowsOf(client, source, values))
      for (const readable of rows.readable(row)) {
        lines += 1
        if (!output.write(`${JSON.stringify({ table: source.table, row: readable })}\n`)) await once(output, 'drain')
      }
  }
  for await (const ids of threadsOf(client, subject)) for (const source of ofThreads) await write(source, [ids])
  if (subject.kind === 'user') for (const source of ofUser) await write(source, [tenant, subject.user])
  await client.query('COMMIT')
  if (lines === 0) throw nothingKept(subject)
  await insertAudit(client, {
    action: 'subject.exported',
    tenant,
    ...(subject.kind === 'user' ? { user: subject.user } : { object: subject.threadId }),
    details: { rows: lines },
  })
  return `Exported ${nameOf(subject)}: ${lines} rows.\n`
}

/** @throws Error with one sentence if the role of the connection sees the rows of one tenant only */
export async function requireOwner(client: pg.ClientBase): Promise<void> {
  if (await rowSecurityIsActive(client))
    throw new Error(
      'The role of this database address does not own the tables, so it sees the rows of one tenant only. Set DATABASE_OWNER_URL to the address that migrations use.',
    )
}

async function tenantOf(client: pg.ClientBase, threadId: string): Promise<string | undefined> {
  const { rows } = await client.query<{ tenant: string }>('SELECT tenant FROM hadal.thread WHERE thread_id = $1', [
    threadId,
  ])
  return rows[0]?.tenant
}

/** Yields the ids of the threads of a subject, some at a time. */
async function* threadsOf(client: pg.ClientBase, subject: Subject): AsyncGenerator<readonly string[]> {
  if (subject.kind === 'thread') {
    yield [subject.threadId]
    return
  }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await client.query<{ id: string }>(
      `SELECT thread_id::text AS id FROM hadal.thread WHERE tenant = $1 AND owner = $2 AND thread_id > $3
       ORDER BY thread_id LIMIT ${threadsAtOnce}`,
      [subject.tenant, subject.user, after],
    )
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return
    yield ids
    after = ids.at(-1) ?? after
  }
}

/** Yields the rows of a source, which a cursor reads in parts. */
async function* rowsOf(
  client: pg.ClientBase,
  { table, where, order, without = [] }: SubjectSource,
  values: readonly unknown[],
): AsyncGenerator<JsonRow> {
  await client.query(
    `DECLARE of_subject NO SCROLL CURSOR FOR SELECT row_to_json(row)::text AS json FROM ${table} AS row WHERE ${where} ORDER BY ${order}`,
    [...values],
  )
  try {
    for (;;) {
      const { rows } = await client.query<{ json: string }>(`FETCH ${rowsAtOnce} FROM of_subject`)
      for (const { json } of rows) {
        const row: JsonRow = JSON.parse(json)
        for (const column of without) delete row[column]
        yield row
      }
      if (rows.length < rowsAtOnce) return
    }
  } finally {
    await client.query('CLOSE of_subject').catch(() => {})
  }
}
