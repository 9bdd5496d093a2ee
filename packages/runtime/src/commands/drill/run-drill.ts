import process from 'node:process'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { backupIdentities } from '../../backup/backup-identities.ts'
import { openTarget } from '../../backup/open-target.ts'
import { createLog } from '../../log/create-log.ts'
import { databaseTls } from '../../store/database-tls.ts'
import { bytesText } from '../bytes-text.ts'
import { interruptible } from '../interruptible.ts'
import { progressLines } from '../progress-lines.ts'
import { recorded } from '../recorded.ts'
import type { RecoveryProgram } from '../recovery-commands.ts'
import { type DrillReport, drill } from './drill.ts'

/**
 * Executes `hadal-runtime drill`: restores the newest backup into a scratch database, checks it, and stores the result for the metrics of the servers.
 *
 * @param json whether the output is JSON
 * @throws Error with one sentence that says what is wrong
 */
export async function runDrill({ readVariables, sentence, redactor }: RecoveryProgram, json: boolean): Promise<void> {
  const variables = readVariables()
  const { DATABASE_OWNER_URL, DATABASE_LOOPS_URL, DATABASE_DIRECT_URL, DATABASE_URL, DRILL_DATABASE_URL } = variables
  const database = {
    // The result needs no more than the role of the loops.
    url: DATABASE_LOOPS_URL ?? DATABASE_OWNER_URL ?? DATABASE_DIRECT_URL ?? DATABASE_URL,
    tls: databaseTls(variables),
  }
  const progress = progressLines()
  await recorded({ database, kind: 'drill', sentence }, async (report) => {
    if (DRILL_DATABASE_URL === undefined) {
      throw new Error(
        'DRILL_DATABASE_URL is not set. Set it to the address of a scratch PostgreSQL server, with a role that may create databases.',
      )
    }
    const target = openTarget(variables)
    try {
      const done = await interruptible((signal) =>
        drill({
          serverUrl: DRILL_DATABASE_URL,
          target,
          identities: backupIdentities(variables),
          encryption: variables,
          log: createLog(quieter(variables.LOG_LEVEL), redactor(), 'hadal-runtime.drill', process.stderr),
          redactor: redactor(),
          onProgress: ({ step, bytes, allBytes }) =>
            progress(() => `${step}: ${bytesText(bytes)} of ${bytesText(allBytes)} read`),
          report,
          signal,
        }),
      )
      process.stdout.write(json ? `${JSON.stringify(jsonOf(done))}\n` : textOf(done))
    } finally {
      await target.close()
    }
  })
}

const time = (seconds: number): string =>
  seconds < 120
    ? `${seconds.toFixed(1)} s`
    : seconds < 7_200
      ? `${(seconds / 60).toFixed(0)} min`
      : `${(seconds / 3_600).toFixed(1)} h`

/**
 * Level of the scratch server's log. Its lines at `info` are about a server of people, such as advice to separate the roles of the database.
 */
const quieter = (level: ContainerVariables['LOG_LEVEL']): ContainerVariables['LOG_LEVEL'] =>
  level === 'info' ? 'warn' : level

const threads = (count: number): string => (count === 1 ? '1 thread has the hash' : `${count} threads have the hashes`)

function textOf({ manifest, restored, openedColumns, rpoSeconds, restoreSeconds, rtoSeconds }: DrillReport): string {
  return [
    `Backup ${manifest.id} can be restored.`,
    `Rows: ${restored.rows} in ${manifest.tables.length} tables; ${threads(restored.verifiedThreads ?? 0)} of the backup`,
    `Decrypted: ${openedColumns.length > 0 ? `a value of each of ${openedColumns.join(', ')}` : 'nothing, because no value is encrypted'}`,
    `A run that was in the middle of its work went on and ended.`,
    `RPO: the backup was ${time(rpoSeconds)} old when the drill began`,
    `RTO: ${time(rtoSeconds)} until the run had ended, of which the restore took ${time(restoreSeconds)}`,
    '',
  ].join('\n')
}

const jsonOf = ({ manifest, restored, ...numbers }: DrillReport) => ({
  backupId: manifest.id,
  snapshotAt: manifest.snapshotAt,
  rows: restored.rows,
  verifiedThreads: restored.verifiedThreads,
  migrated: restored.migrated,
  ...restored.settled,
  ...numbers,
})
