/** Progress of a backup. */
export interface BackupProgress {
  /** Table that is read, with its schema. */
  readonly table: string
  /** Position of the table, from 1, and number of tables. */
  readonly number: number
  readonly tables: number
  /** Rows of the table so far. */
  readonly rows: number
  /** Bytes of the rows of all tables so far. */
  readonly plainBytes: number
  /** Bytes that were written to the target so far. */
  readonly storedBytes: number
}
