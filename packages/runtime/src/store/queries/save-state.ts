import type { Lease } from '../run-queue.ts'
import { settingTenant } from '../setting-tenant.ts'
import type { Queryable } from '../transaction.ts'
import { columnsOf, type RunEvent } from './run-events.ts'

interface InCheckpointer {
  readonly thread: unknown
  readonly namespace: unknown
}

/** State of a run's thread as LangGraph's tables store it. The values of channels and tasks are already serialized. */
export interface SavedState {
  readonly checkpoints: readonly (InCheckpointer & {
    readonly id: string
    readonly parent: unknown
    readonly content: unknown
    readonly metadata: unknown
  })[]
  /** Values of channels. The first value of a version is kept. */
  readonly blobs: readonly (InCheckpointer & {
    readonly channel: string
    readonly version: string
    readonly type: string
    readonly value: Uint8Array | undefined
  })[]
  /** Results of tasks that follow the checkpoint `id`. A result with `replaces` replaces an earlier one of the same task and index. */
  readonly writes: readonly (InCheckpointer & {
    readonly id: unknown
    readonly task: string
    readonly idx: number
    readonly channel: string
    readonly type: string
    readonly value: Uint8Array
    readonly replaces: boolean
  })[]
}

const save = settingTenant('SELECT hadal.save_v2($1, $2, $3, $4, $5, $6, $7, $8) AS held')

/**
 * Writes state and events of a run in one statement and one transaction, if the attempt's lease is valid. A retry with the same state and events
 * changes nothing.
 *
 * @returns whether the lease was valid
 */
export async function saveState(
  database: Queryable,
  { tenant, runId, attempt }: Pick<Lease, 'tenant' | 'runId' | 'attempt'>,
  { checkpoints, blobs, writes }: SavedState,
  events: readonly RunEvent[],
): Promise<boolean> {
  const values = new JoinedValues()
  const parts = {
    checkpoints,
    blobs: blobs.map(({ value, ...blob }) => ({ ...blob, ...(value && values.add(value)) })),
    writes: writes.map(({ value, ...write }) => ({ ...write, ...values.add(value) })),
  }
  const { rows } = await database.query<{ held: boolean }>(save, [
    tenant,
    runId,
    attempt,
    JSON.stringify(parts),
    values.bytes(),
    ...columnsOf(database, { tenant, runId }, events),
  ])
  return rows[0]?.held === true
}

/** Serialized values, one after another: as one parameter they are sent in binary form, which an array of values is not. */
class JoinedValues {
  readonly #values: Uint8Array[] = []
  #size = 0

  /** Appends a value. @returns its position, from 1, and its number of bytes */
  add(value: Uint8Array): { readonly at: number; readonly size: number } {
    const at = this.#size + 1
    this.#values.push(value)
    this.#size += value.length
    return { at, size: value.length }
  }

  bytes(): Buffer {
    return Buffer.concat(this.#values, this.#size)
  }
}
