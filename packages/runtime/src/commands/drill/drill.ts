import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import { findNewestBackup } from '../../backup/find-backups.ts'
import type { Manifest } from '../../backup/manifest.ts'
import { type RestoreProgress, type RestoreReport, restoreDatabase } from '../../backup/restore/restore-database.ts'
import type { BackupTarget } from '../../backup/targets/backup-target.ts'
import type { Redactor } from '../../secrets/create-redactor.ts'
import { createSeals, missingKeys } from '../../secrets/create-seals.ts'
import { releaseRun } from '../../store/queries/run-reviews.ts'
import { type Seals, sealsOf } from '../../store/sealing/seals.ts'
import type { RecoveryNumbers } from '../recorded.ts'
import { openSealedValues } from './open-sealed-values.ts'
import { resumeCanary } from './resume-canary.ts'
import { createScratchDatabase } from './scratch-database.ts'
import { openScratchServer } from './scratch-server.ts'

/** Settings of a {@link drill}. */
export interface DrillOptions {
  /** Address of the scratch PostgreSQL server, with a role that may create databases. */
  readonly serverUrl: string
  readonly target: BackupTarget
  /** age identities, of which one suffices. */
  readonly identities: readonly string[]
  readonly encryption: Pick<ContainerVariables, 'ENCRYPTION' | 'ENCRYPTION_KEY'>
  readonly log: Logger
  readonly redactor: Redactor
  readonly onProgress: (progress: RestoreProgress) => void
  /** Called with each number of the result as soon as it is known. */
  readonly report: (numbers: RecoveryNumbers) => void
  /** Gives the drill up. */
  readonly signal?: AbortSignal
}

/** Result of a successful drill. */
export interface DrillReport {
  readonly manifest: Manifest
  readonly restored: RestoreReport
  /** Columns of which an encrypted value was decrypted, such as `hadal.run.request`. */
  readonly openedColumns: readonly string[]
  /** Age of the backup's snapshot at the beginning of the drill, in seconds. */
  readonly rpoSeconds: number
  /** Seconds of the restore, with its own checks. */
  readonly restoreSeconds: number
  /** Seconds from the beginning of the restore until the canary's run had ended. */
  readonly rtoSeconds: number
}

/**
 * Restores the newest backup into a database of its own on a scratch server, and checks it: the number of rows of each table, a hash of each thread, an
 * encrypted value of each column, and a run that goes on. Drops the database, also after a failure.
 *
 * @throws Error with one sentence that says what is wrong
 */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const { serverUrl, target, identities, encryption, log, redactor, onProgress, report, signal } = options
  const beganAt = Date.now()
  const { newest: manifest, unreadable } = await findNewestBackup(target)
  if (unreadable !== undefined) throw new Error(`${unreadable} It is the newest backup, so no older one is tested.`)
  if (!manifest)
    throw new Error(
      `There is no backup in ${target.address}. Make one with "hadal-runtime backup", or correct BACKUP_TARGET: it is the folder that contains the backups.`,
    )
  const rpoSeconds = Math.max(beganAt - Date.parse(manifest.snapshotAt), 0) / 1_000
  report({ backupId: manifest.id, rpoSeconds })
  requireKeys(createSeals(encryption), manifest)
  const scratch = await createScratchDatabase(serverUrl, manifest)
  try {
    const database = { url: scratch.url, tls: undefined }
    const begun = performance.now()
    const seconds = (): number => (performance.now() - begun) / 1_000
    const restored = await restoreDatabase({
      database,
      target,
      backupId: manifest.id,
      identities,
      onProgress,
      verifyHashes: true,
      keepsCanary: true,
      signal,
    }).catch((error: unknown) => {
      // Without the name of the database, a reader takes "The database has no room" for the living one.
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`Backup ${manifest.id} can't be restored into the scratch database of the drill: ${reason}`, {
        cause: error,
      })
    })
    const restoreSeconds = seconds()
    const server = await openScratchServer({ url: scratch.url, encryption, log, redactor })
    try {
      const { pool } = server.runs.loops
      const openedColumns = await openSealedValues(pool, sealsOf(pool))
      await resumeCanary(server, (runId) => releaseRun(pool, runId))
      const rtoSeconds = seconds()
      report({ rtoSeconds })
      return { manifest, restored, openedColumns, rpoSeconds, restoreSeconds, rtoSeconds }
    } finally {
      await server.close()
    }
  } finally {
    // On the volume of a drill's pod, nothing remains anyway.
    await scratch.drop().catch((error: unknown) => log.warn({ err: error }, 'scratch_database_left'))
  }
}

/** @throws Error with one sentence if a value of the backup is encrypted with a key that is missing: a restore would be useless without it */
function requireKeys(seals: Seals | undefined, { sealingKeys }: Manifest): void {
  const missing = sealingKeys.filter((keyId) => !seals?.sealer.keyIds.includes(keyId))
  if (missing.length > 0) throw new Error(missingKeys(missing, seals))
}
