import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { recheckMs } from '../access/api-keys/recheck-ms.ts'
import { channel, type Notification, notifyPayload } from '../store/notifications.ts'
import { notifyOfKeys } from '../store/queries/api-keys.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { type DeletedOfUser, deleteThreadsAndJobs, deleteUser } from '../store/queries/delete-user.ts'
import type { User } from '../store/queries/pseudonyms.ts'
import { retryWhileLocked } from '../store/retry-while-locked.ts'
import { transaction } from '../store/transaction.ts'
import { nameOf, nothingKept, type Subject } from './given-subject.ts'
import { requireOwner } from './subject-export.ts'

/** Number of threads that a transaction deletes: servers wait for their locks. */
const threadsAtOnce = 100
/** Maximum number of runs that an error names. */
const mostNamed = 5

/**
 * Executes `hadal-runtime subject delete`: deletes everything that the database keeps of a user or of a thread, while servers serve. What belongs to
 * others, and the audit, keeps a pseudonym whose mapping to the user is deleted.
 *
 * @param pool connections as the owner of the tables
 * @returns standard output
 * @throws Error with one sentence. The command can be repeated
 */
export async function deleteSubject(pool: pg.Pool, subject: Subject): Promise<string> {
  const client = await pool.connect()
  try {
    await requireOwner(client)
  } finally {
    client.release()
  }
  return subject.kind === 'thread' ? deleteThread(pool, subject) : deleteOfUser(pool, subject)
}

async function deleteThread(pool: pg.Pool, subject: Subject & { readonly kind: 'thread' }): Promise<string> {
  const { threadId } = subject
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ tenant: string; owner: string | null }>(
      'SELECT tenant, owner FROM hadal.thread WHERE thread_id = $1 FOR UPDATE',
      [threadId],
    )
    const [thread] = rows
    if (!thread) throw nothingKept(subject)
    await deleteAndNotify(client, [threadId])
    const { tenant, owner } = thread
    await insertAudit(client, { action: 'subject.deleted', tenant, object: threadId, user: owner ?? undefined })
  })
  return `Deleted ${nameOf(subject)}.\n`
}

async function deleteOfUser(pool: pg.Pool, subject: Subject & User): Promise<string> {
  if (!(await isKept(pool, subject))) throw nothingKept(subject)
  await refuseActiveRuns(pool, subject)
  // First the keys, so that the user makes nothing new.
  await transaction(pool, async (client) => {
    await insertAudit(client, { action: 'subject.deleted', ...userOf(subject) })
    await client.query(
      'UPDATE hadal.api_key SET revoked_at = coalesce(revoked_at, now()) WHERE tenant = $1 AND owner = $2',
      [subject.tenant, subject.user],
    )
    await notifyOfKeys(client)
  })
  const threads = await deleteThreads(pool, subject)
  const deleted = await transaction(pool, (client) => deleteUser(client, subject))
  // Runs of the deleted threads stop at once, but a tool of theirs may have written an item meanwhile.
  await pause(recheckMs)
  if (await isKept(pool, subject)) {
    await deleteThreads(pool, subject)
    await transaction(pool, (client) => deleteUser(client, subject))
  }
  return report(subject, { ...deleted, threads: threads + deleted.threads })
}

const userOf = ({ tenant, user }: User): User => ({ tenant, user })

/** Tables of the user's own rows and of the pseudonym: a user of whom none has a row is unknown. */
const kept = [
  'thread',
  'run',
  'store_item',
  'assistant',
  'assistant_version',
  'api_key',
  'idempotency_key',
  'user_spending',
  'pseudonym',
]

async function isKept(pool: pg.Pool, { tenant, user }: User): Promise<boolean> {
  const any = kept.map((table) => `EXISTS (SELECT FROM hadal.${table} WHERE tenant = $1 AND owner = $2)`).join(' OR ')
  const { rows } = await pool.query<{ kept: boolean }>(
    `SELECT ${any} OR EXISTS (SELECT FROM hadal.approval_event WHERE tenant = $1 AND (owner = $2 OR actor IN ($2, 'user:' || $2))) AS kept`,
    [tenant, user],
  )
  return rows[0]?.kept === true
}

/** @throws Error if runs of the user are active on threads of others, which the command does not end */
async function refuseActiveRuns(pool: pg.Pool, { tenant, user }: User): Promise<void> {
  const { rows } = await pool.query<{ run_id: string; thread_id: string }>(
    `SELECT run.run_id, run.thread_id FROM hadal.run AS run JOIN hadal.thread AS thread USING (thread_id)
     WHERE run.tenant = $1 AND run.owner = $2 AND run.status IN ('pending', 'running') AND thread.owner IS DISTINCT FROM $2
     LIMIT ${mostNamed}`,
    [tenant, user],
  )
  if (rows.length === 0) return
  const named = rows.map(({ run_id, thread_id }) => `run ${run_id} on thread ${thread_id}`).join(', ')
  throw new Error(
    `Runs of user "${user}" are not over on threads of other users: ${named}. Cancel them or wait for their end, and run the command again. Nothing was deleted.`,
  )
}

/** Deletes the threads of a user, some in each transaction. @returns their number */
async function deleteThreads(pool: pg.Pool, { tenant, user }: User): Promise<number> {
  for (let deleted = 0; ; ) {
    const count = await retryWhileLocked(() =>
      transaction(pool, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `SELECT thread_id::text AS id FROM hadal.thread WHERE tenant = $1 AND owner = $2 ORDER BY thread_id LIMIT ${threadsAtOnce} FOR UPDATE`,
          [tenant, user],
        )
        if (rows.length > 0)
          await deleteAndNotify(
            client,
            rows.map(({ id }) => id),
          )
        return rows.length
      }),
    )
    if (count === 0) return deleted
    deleted += count
  }
}

/** Deletes threads, and notifies every server at the commit. */
async function deleteAndNotify(client: pg.ClientBase, threadIds: readonly string[]): Promise<void> {
  const runIds = await deleteThreadsAndJobs(client, threadIds)
  const notifications: Notification[] = [
    ...threadIds.map((threadId) => ({ kind: 'thread' as const, threadId })),
    ...runIds.flatMap((runId) => (['cancel', 'run', 'ended'] as const).map((kind) => ({ kind, runId }))),
  ]
  await client.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
    channel,
    notifications.map(notifyPayload),
  ])
}

function report(subject: Subject, deleted: DeletedOfUser): string {
  const { threads, items, assistants, keys, runsOfOthers, approvals } = deleted
  return `Deleted ${nameOf(subject)}:
threads: ${threads}
items: ${items}
assistants: ${assistants}
API keys: ${keys}
Kept with a pseudonym that names nobody any more:
runs on threads of others: ${runsOfOthers}
entries of the ledger of approvals: ${approvals}
`
}
