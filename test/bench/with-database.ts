import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Children, createChildren } from '@hadal/cli/up/child'
import { type Database, startDatabase } from '@hadal/cli/up/database'
import { environment } from './environment.ts'

/** Resources of a measurement: a temporary folder, an embedded PostgreSQL in it, and the child processes, which are stopped at its end. */
interface Resources {
  readonly state: string
  readonly database: Database
  readonly children: Children
}

/** Runs a measurement on an embedded PostgreSQL. At its end, all child processes are stopped and the folder is removed. */
export async function withDatabase<Result>(measure: (resources: Resources) => Promise<Result>): Promise<Result> {
  const state = mkdtempSync(join(tmpdir(), 'hadal-bench-'))
  // If this process is root, the database runs as another user, which must be able to access the folder.
  chmodSync(state, 0o755)
  const children = createChildren()
  try {
    return await measure({ state, database: await startDatabase(state, environment, children), children })
  } finally {
    await children.stop()
    rmSync(state, { recursive: true, force: true })
  }
}
