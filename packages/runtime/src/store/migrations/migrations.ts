import { threadsAndRuns } from './0001-threads-and-runs.ts'

export interface Migration {
  /** Counts from 1 without gap; a migration that was released is never changed. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Our own tables. The checkpointer's and pg-boss' migrate themselves before these run. */
export const migrations: readonly Migration[] = [{ version: 1, name: 'threads and runs', sql: threadsAndRuns }]
