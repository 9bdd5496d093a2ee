import type pg from 'pg'
import { z } from 'zod'
import { settleRecovered } from '../backup/settle/settle-recovered.ts'
import type { BackupTarget } from '../backup/targets/backup-target.ts'
import { channel, notifyPayload } from '../store/notifications.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { listReviews, type RunReview, releaseRun } from '../store/queries/run-reviews.ts'
import { type RestoredQuestion, restoredQuestions } from '../store/queries/waiting-approvals.ts'
import { asOwner } from './as-owner.ts'
import { listedIds } from './checked-options.ts'
import type { GivenArguments } from './find-command.ts'
import type { CommandOutput } from './recovery-commands.ts'
import { shownMinute } from './shown-minute.ts'
import { textTable } from './text-table.ts'

/** Number of runs of one statement that lists runs under review. */
const perPage = 1_000
/** Maximum number of restored questions that are listed. */
const mostQuestions = 100

/**
 * Executes `hadal-runtime review list`: the runs of all tenants that wait for their release after a restore, and the questions that the restore has
 * brought back.
 *
 * @throws Error with one sentence
 */
export async function reviewList(pool: pg.Pool): Promise<CommandOutput> {
  const { runs, questions } = await asOwner(pool, async (client) => ({
    runs: await allReviews(client),
    questions: await restoredQuestions(client, mostQuestions),
  }))
  if (runs.length === 0) return { output: '', notice: `No run waits for its release.\n${aboutQuestions(questions)}` }
  const table = [
    [
      'RUN_ID',
      'THREAD_ID',
      'TENANT',
      'USER',
      'GRAPH',
      'ACCEPTED',
      'STARTS',
      'BEGUN',
      'OPEN CALLS',
      'CREDENTIALS',
      'BACKUP OF',
    ],
    ...runs.map((run) => [
      run.run_id,
      run.thread_id,
      run.tenant,
      run.owner ?? '-',
      run.graph_id,
      shownMinute(run.created_at),
      run.start_at ? shownMinute(run.start_at) : 'at once',
      run.begun ? 'yes' : 'no',
      String(run.open_calls),
      run.has_credentials ? 'lost' : '-',
      shownMinute(run.snapshot_at),
    ]),
  ]
  const lost = runs.filter((run) => run.has_credentials).length
  return {
    output: textTable(table),
    notice:
      `${runs.length} ${runs.length === 1 ? 'run waits' : 'runs wait'} for ${runs.length === 1 ? 'its' : 'their'} release: "hadal-runtime review release". ` +
      'A run may have gone on after the backup; what it did then is not in this database.\n' +
      (lost === 0 ? '' : `${lost} of them act with credentials that are in no backup, and end with an error.\n`) +
      aboutQuestions(questions),
  }
}

/** Lists the restored questions that still wait, for the people who are about to answer them; empty without one. */
function aboutQuestions(questions: readonly RestoredQuestion[]): string {
  const [first] = questions
  if (!first) return ''
  const number = questions.length < mostQuestions ? String(questions.length) : `${mostQuestions} or more`
  const table = [
    ['THREAD_ID', 'TENANT', 'TOOL', 'ASKED'],
    ...questions.map((question) => [
      question.thread_id,
      question.tenant,
      question.tool,
      shownMinute(question.asked_at),
    ]),
  ]
  return `Questions that wait and were asked before the restore of ${shownMinute(first.snapshot_at)}: ${number}. A person may have answered them after the backup, and the calls may have been executed. Tell the approvers.\n${textTable(table)}`
}

async function allReviews(client: pg.ClientBase): Promise<RunReview[]> {
  const runs: RunReview[] = []
  for (;;) {
    const page = await listReviews(client, runs.at(-1), perPage)
    runs.push(...page)
    if (page.length < perPage) return runs
  }
}

/**
 * Executes `hadal-runtime review release`: ends the review of runs, so that workers execute them like other waiting runs. After an error the command can be
 * repeated.
 *
 * @throws Error with one sentence; runs that were released before it stay released
 */
export async function reviewRelease({ argument, flags }: GivenArguments, pool: pg.Pool): Promise<CommandOutput> {
  const all = flags.has('all')
  if (all === (argument !== undefined)) {
    throw new Error(
      'Give the ids of runs, separated by commas, or --all. "hadal-runtime review list" shows the runs that wait for their release.',
    )
  }
  const ids = argument === undefined ? undefined : listedIds(argument, 'RUN_ID is', 'run')
  const waiting = await asOwner(pool, allReviews)
  const known = new Set(waiting.map(({ run_id }) => run_id))
  const unknown = ids?.filter((id) => !known.has(id)) ?? []
  if (unknown.length > 0) {
    throw new Error(
      `${unknown.join(', ')} ${unknown.length === 1 ? 'does not wait' : 'do not wait'} for a release, so nothing was released. "hadal-runtime review list" shows the runs that do.`,
    )
  }
  let released = 0
  // One transaction per run: servers wait for the lock of one thread at a time.
  const wanted = new Set(ids ?? known)
  for (const run of waiting.filter(({ run_id }) => wanted.has(run_id)))
    if (await asOwner(pool, (client) => release(client, run))) released += 1
  await pool.query('SELECT pg_notify($1, $2)', [channel, notifyPayload({ kind: 'queued' })])
  const left = (await asOwner(pool, allReviews)).length
  return {
    output: `Released: ${released}. ${left} ${left === 1 ? 'run waits' : 'runs wait'} for a release.\n`,
    notice: '',
  }
}

async function release(client: pg.ClientBase, run: RunReview): Promise<boolean> {
  const { run_id, thread_id, tenant, owner } = run
  if (!(await releaseRun(client, run_id))) return false
  const entry = { action: 'review.released', tenant, user: owner ?? undefined, object: thread_id } as const
  await insertAudit(client, { ...entry, details: { run_id } })
  return true
}

/**
 * Executes `hadal-runtime review hold` on a database that another tool recovered to a time: does what a restore of a backup does at its end.
 *
 * @param target where the log of deletions is; undefined if the command has no backup target
 * @throws Error with one sentence, also if a server uses the database
 */
export async function reviewHold(
  { options }: GivenArguments,
  pool: pg.Pool,
  target: BackupTarget | undefined,
): Promise<CommandOutput> {
  const text = options.get('recovered-to')
  const example = 'such as --recovered-to 2026-11-30T02:15:00Z'
  if (text === undefined)
    throw new Error(`--recovered-to is missing. Give the time to which the database was recovered, ${example}.`)
  const given = z.iso.datetime({ offset: true }).safeParse(text)
  if (!given.success)
    throw new Error(`--recovered-to is "${text}", which is not a time with its zone. Give one ${example}.`)
  const snapshotAt = new Date(given.data)
  if (snapshotAt.getTime() > Date.now()) throw new Error(`--recovered-to is ${text}, which is in the future.`)
  const ended = await asOwner(pool, (client) =>
    settleRecovered(client, {
      name: `recovered@${snapshotAt.toISOString()}`,
      recoveredTo: () => Promise.resolve(snapshotAt),
      target,
    }),
  )
  if (!ended) {
    const output = `The recovery to ${text} is settled already, so nothing has changed.\n`
    return { output, notice: '"hadal-runtime review list" shows the runs that wait for their release.\n' }
  }
  const { deleted, settled } = ended
  return {
    output: `Runs under review: ${settled.runsUnderReview}. Approvals that are asked anew: ${settled.approvalsAskedAnew}. API keys to confirm: ${settled.keysToConfirm}.\n`,
    notice:
      (deleted
        ? `Deleted again, because they were deleted after that time: ${deleted.threads} threads and ${deleted.users} users.\n`
        : 'BACKUP_TARGET is not set, so threads and users that were deleted after that time are back.\n') +
      'Next: "hadal-runtime keys confirm", then "hadal-runtime review list" and "hadal-runtime review release".\n',
  }
}
