import { insertRecoveryResult, type RecoveryKind, type RecoveryResult } from '../store/queries/recovery-results.ts'
import { type CommandDatabase, withDatabase } from './with-database.ts'

/** Numbers of a result, which a backup or drill reports while it runs. */
export type RecoveryNumbers = Pick<RecoveryResult, 'backupId' | 'bytes' | 'rpoSeconds' | 'rtoSeconds'>

/** Settings of {@link recorded}. */
export interface Recorded {
  /** Database whose servers export the result. */
  readonly database: Omit<CommandDatabase, 'name'>
  readonly kind: RecoveryKind
  /** Returns an error as one sentence without secrets. */
  readonly sentence: (error: unknown) => string
}

/**
 * Runs a backup or drill, and stores its result in the database, whose servers export it as metrics.
 *
 * @param work calls `report` with each number as soon as it is known
 * @throws the error of `work`, also if its result can't be stored
 */
export async function recorded<Result>(
  { database, kind, sentence }: Recorded,
  work: (report: (numbers: RecoveryNumbers) => void) => Promise<Result>,
): Promise<Result> {
  const beganAt = new Date()
  let numbers: RecoveryNumbers = {}
  const store = (error?: string): Promise<void> =>
    withDatabase({ ...database, name: `hadal ${kind} result` }, (pool) =>
      insertRecoveryResult(pool, { ...numbers, kind, beganAt, error }),
    )
  let result: Result
  try {
    result = await work((known) => {
      numbers = { ...numbers, ...known }
    })
  } catch (error) {
    await store(sentence(error)).catch(() => {})
    throw error
  }
  await store().catch((error: unknown) => {
    throw new Error(
      `The ${kind} was successful, but its result can't be stored for the metrics: ${sentence(error)} Alerts will call the ${kind} late.`,
      { cause: error },
    )
  })
  return result
}
