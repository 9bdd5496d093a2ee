import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

/*
 * Row-level security protects the tables of the schema `hadal`. The tables of the checkpoint saver and of pg-boss are outside of it, because their
 * libraries own them: their rows have no tenant. So each statement on them is listed here, with what authorises it.
 */

const source = join(root, 'packages/runtime/src')

/** Names of the tables in statements: those of the saver, and the schema of pg-boss. */
const names = /public\.(\$\{|checkpoint)|\bcheckpoint_(blobs|writes|migrations)\b|pgboss\.\w+|\$\{queueSchema\}\.\w+/

const byThread = 'by the id of a thread, which the caller has authorised in the same request or transaction'
const byRun = 'by the id of a run, whose row the caller has authorised in the same request or transaction'
const byLoops = 'by the loops, which serve all tenants'
const byMigration = 'by a migration'
const byOperator = 'by an operator, with the role that owns the tables'
const noStatement = 'the file has no statement, only the name of a table'

/** What authorises the statements of each file. */
const authorised: Readonly<Record<string, string>> = {
  'backup/canary/remove-canary.ts': byOperator,
  'backup/canary/write-canary.ts': byOperator,
  'backup/restore/empty-database.ts': byOperator,
  'backup/restore/set-sequences.ts': byOperator,
  'backup/settle/settle-restored.ts': byOperator,
  'backup/table-classes.ts': noStatement,
  'commands/drill/resume-canary.ts': byOperator,
  'commands/subject-sources.ts': byOperator,
  'store/checkpoint-order.ts': byThread,
  'store/grant-roles.ts': byMigration,
  'store/queries/checkpoint-rows.ts': byThread,
  'store/queries/claim-runs.ts': byLoops,
  'store/queries/copy-thread-rows.ts': byThread,
  'store/queries/delete-threads.ts': byThread,
  'store/queries/delete-user.ts': byOperator,
  'store/queries/end-run.ts': byThread,
  'store/queries/instances.ts': byLoops,
  'store/queries/queue-numbers.ts': byLoops,
  'store/queries/removable-bytes.ts': byThread,
  'store/queries/renew-leases.ts': byLoops,
  'store/queries/run-reviews.ts': byRun,
  'store/queries/start-run.ts': byThread,
  'store/queries/suspects.ts': byRun,
  'store/queries/thread-checkpoints.ts': byThread,
  'store/queries/thread-entries.ts': byThread,
  'store/queries/thread-storage.ts': byThread,
  'store/queries/withdraw-interrupts.ts': byThread,
  'store/run-queue.ts': byRun,
  'store/sealing/places.ts': noStatement,
  'store/sealing/reseal-blobs.ts': byThread,
  'store/sealing/sealed-blobs.ts': noStatement,
  'store/sealing/sealed-columns.ts': byLoops,
}

const files = globSync('**/*.ts', { cwd: source }).filter(
  (file) => !/\.test\.ts$|(^|\/)fixtures\/|^store\/migrations\//.test(file),
)

/** Lines of a file without its comments. */
const statementsOf = (file: string): string[] =>
  readFileSync(join(source, file), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\*|\/\*|\/\/|--)/.test(line) && names.test(line))

test('every file with a statement on the tables of the saver or of pg-boss says what authorises it', () => {
  const found = files.filter((file) => statementsOf(file).length > 0)
  expect(found.toSorted()).toEqual(Object.keys(authorised).toSorted())
})

test('no file that handles HTTP requests has such a statement', () => {
  expect(files.filter((file) => /^(http|access)\//.test(file) && statementsOf(file).length > 0)).toEqual([])
})

test('each file whose statements are authorised by a thread or a run names one', () => {
  for (const [file, by] of Object.entries(authorised)) {
    const text = readFileSync(join(source, file), 'utf8')
    if (by === byThread) expect([file, /thread_id|threadId|checkpoint_id/.test(text)]).toEqual([file, true])
    if (by === byRun) expect([file, /\bid = \$\d|run_id = \$\d/.test(text)]).toEqual([file, true])
  }
})
