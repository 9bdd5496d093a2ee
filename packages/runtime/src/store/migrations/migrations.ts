import { threadsAndRuns } from './0001-threads-and-runs.ts'
import { approvals } from './0002-approvals.ts'
import { spending } from './0003-spending.ts'
import { storeItems } from './0004-store-items.ts'
import { instancesAndAttempts } from './0005-instances-and-attempts.ts'
import { toolCalls } from './0006-tool-calls.ts'
import { runsOfWrites } from './0007-runs-of-writes.ts'
import { orderOfCheckpoints } from './0008-order-of-checkpoints.ts'
import { readyRuns } from './0009-ready-runs.ts'
import { saverFunctions } from './0010-saver-functions.ts'
import { eventLog } from './0011-event-log.ts'
import { retention } from './0012-retention.ts'
import { searchIndexes } from './0013-search-indexes.ts'
import { reservationsAhead } from './0014-reservations-ahead.ts'
import { firstCalls } from './0015-first-calls.ts'
import { assistants } from './0016-assistants.ts'
import { runFields } from './0017-run-fields.ts'
import { storeSearch } from './0018-store-search.ts'
import { threadStreams } from './0019-thread-streams.ts'
import { owners } from './0020-owners.ts'
import { databaseRoles } from './0021-database-roles.ts'
import { apiKeys } from './0022-api-keys.ts'
import { runCredentials } from './0023-run-credentials.ts'
import { tenantLimits } from './0024-tenant-limits.ts'
import { sealedColumns } from './0025-sealed-columns.ts'
import { restores } from './0026-restores.ts'
import { dataSubjects } from './0027-data-subjects.ts'
import { recoveryResults } from './0028-recovery-results.ts'
import { restoredThreads } from './0029-restored-threads.ts'
import { startTimes } from './0030-start-times.ts'
import { keysAndDeletions } from './0031-keys-and-deletions.ts'

export interface Migration {
  /** Number of the migration, from 1 without gaps. A migration is never changed after its release. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Migrations of our own tables. The checkpointer and pg-boss migrate their tables before these run. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'threads and runs', sql: threadsAndRuns },
  { version: 2, name: 'approvals', sql: approvals },
  { version: 3, name: 'spending', sql: spending },
  { version: 4, name: 'store items', sql: storeItems },
  { version: 5, name: 'instances and attempts', sql: instancesAndAttempts },
  { version: 6, name: 'tool calls', sql: toolCalls },
  { version: 7, name: 'runs of writes', sql: runsOfWrites },
  { version: 8, name: 'order of checkpoints', sql: orderOfCheckpoints },
  { version: 9, name: 'ready runs', sql: readyRuns },
  { version: 10, name: 'saver functions', sql: saverFunctions },
  { version: 11, name: 'event log', sql: eventLog },
  { version: 12, name: 'retention', sql: retention },
  { version: 13, name: 'search indexes', sql: searchIndexes },
  { version: 14, name: 'reservations ahead', sql: reservationsAhead },
  { version: 15, name: 'first calls', sql: firstCalls },
  { version: 16, name: 'assistants', sql: assistants },
  { version: 17, name: 'run fields', sql: runFields },
  { version: 18, name: 'store search', sql: storeSearch },
  { version: 19, name: 'thread streams', sql: threadStreams },
  { version: 20, name: 'owners', sql: owners },
  { version: 21, name: 'database roles', sql: databaseRoles },
  { version: 22, name: 'API keys', sql: apiKeys },
  { version: 23, name: 'run credentials', sql: runCredentials },
  { version: 24, name: 'limits of tenants', sql: tenantLimits },
  { version: 25, name: 'sealed columns', sql: sealedColumns },
  { version: 26, name: 'restores', sql: restores },
  { version: 27, name: 'data subjects', sql: dataSubjects },
  { version: 28, name: 'results of backups and drills', sql: recoveryResults },
  { version: 29, name: 'restored threads', sql: restoredThreads },
  { version: 30, name: 'start times of runs', sql: startTimes },
  { version: 31, name: 'keys and deletions of an earlier release', sql: keysAndDeletions },
]
