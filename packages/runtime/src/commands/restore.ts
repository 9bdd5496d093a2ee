import process from 'node:process'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { backupIdentities } from '../backup/backup-identities.ts'
import { openTarget } from '../backup/open-target.ts'
import { type RestoreProgress, type RestoreReport, restoreDatabase } from '../backup/restore/restore-database.ts'
import { restoreThreads, type ThreadsReport } from '../backup/restore/restore-threads.ts'
import type { SettledRestore } from '../backup/settle/settle-restored.ts'
import { createSeals } from '../secrets/create-seals.ts'
import { databaseRoles } from '../store/database-roles.ts'
import { bytesText } from './bytes-text.ts'
import { listedIds } from './checked-options.ts'
import type { GivenArguments } from './find-command.ts'
import { interruptible } from './interruptible.ts'
import { ownerDatabase } from './owner-database.ts'
import { progressLines } from './progress-lines.ts'
import type { RecoveryProgram } from './recovery-commands.ts'

/**
 * Executes `hadal-runtime restore`: restores a backup into an empty database, or threads of it into a living one.
 *
 * @throws Error with one sentence
 */
export async function restore({ readVariables }: RecoveryProgram, given: GivenArguments): Promise<void> {
  const variables = readVariables()
  const listed = given.options.get('threads')
  const threads = listed === undefined ? undefined : listedIds(listed, '--threads has', 'thread')
  const dryRun = given.flags.has('dry-run')
  if (given.flags.has('deleted') && threads === undefined)
    throw new Error(
      '--deleted needs --threads: a restore of the whole database deletes what was deleted after the backup.',
    )
  const target = openTarget(variables)
  const progress = progressLines()
  try {
    const options = {
      database: { ...ownerDatabase(variables), roles: databaseRoles(variables) },
      target,
      backupId: given.options.get('backup'),
      identities: backupIdentities(variables),
      onProgress: (now: RestoreProgress) => progress(() => lineOf(now)),
      dryRun,
    }
    const lines = await interruptible(async (signal) =>
      threads === undefined
        ? textOfDatabase(await restoreDatabase({ ...options, signal }), variables)
        : textOfThreads(
            await restoreThreads({ ...options, threads, deleted: given.flags.has('deleted'), signal }),
            threads,
            dryRun,
          ),
    )
    process.stdout.write(`${lines.join('\n')}\n`)
  } finally {
    await target.close()
  }
}

const lineOf = ({ step, bytes, allBytes }: RestoreProgress): string =>
  `${step}: ${bytesText(bytes)} of ${bytesText(allBytes)} read`

function textOfDatabase(
  { manifest, rows, deleted, settled, migrated }: RestoreReport,
  variables: ContainerVariables,
): string[] {
  const { id, snapshotAt, tables, sealingKeys } = manifest
  const what = `${rows} rows in ${tables.length} tables`
  if (!settled) return [`Backup ${id} can be restored into the database: ${what}. Nothing was written.`]
  const own = createSeals(variables)?.sealer.keyIds ?? []
  const missing = sealingKeys.filter((key) => !own.includes(key))
  return [
    `Backup ${id} was restored: ${what}.`,
    `Snapshot: ${snapshotAt}. What happened after it is lost.`,
    ...(migrated.length > 0 ? [`Migrations after the restore: ${migrated.join(', ')}`] : []),
    ...(deleted && deleted.threads + deleted.users > 0
      ? [
          `Deleted again, because they were deleted after the backup: ${deleted.threads} threads and ${deleted.users} users`,
        ]
      : []),
    ...settledLines(settled),
    ...(missing.length > 0
      ? [
          `Missing in ENCRYPTION_KEY: ${missing.join(', ')}. Servers do not start without these keys, because rows are encrypted with them.`,
        ]
      : []),
  ]
}

function textOfThreads(report: ThreadsReport, threads: readonly string[], dryRun: boolean): string[] {
  const { manifest, rows, settled, missingAssistants } = report
  const what = `${threads.length} thread${threads.length === 1 ? '' : 's'} of backup ${manifest.id}`
  if (dryRun) return [`${what} can be restored into the database: ${rows} rows. Nothing was written.`]
  return [
    `Restored: ${what}, ${rows} rows.`,
    `Snapshot: ${manifest.snapshotAt}`,
    ...settledLines(settled),
    ...(missingAssistants.length > 0
      ? [
          `Assistants that runs name and that do not exist: ${missingAssistants.join(', ')}. Create them before you release the runs.`,
        ]
      : []),
  ]
}

function settledLines({ runsUnderReview, approvalsAskedAnew, keysToConfirm }: SettledRestore): string[] {
  return [
    ...(runsUnderReview > 0
      ? [
          `Runs under review: ${runsUnderReview}. "hadal-runtime review list" shows them, "hadal-runtime review release" lets them continue.`,
        ]
      : []),
    ...(approvalsAskedAnew > 0 ? [`Approvals that are asked anew: ${approvalsAskedAnew}`] : []),
    ...(keysToConfirm > 0
      ? [`API keys to confirm: ${keysToConfirm}. They are refused until "hadal-runtime keys confirm".`]
      : []),
  ]
}
