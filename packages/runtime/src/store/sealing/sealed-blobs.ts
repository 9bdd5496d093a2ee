import type pg from 'pg'
import { places, type WriteKey } from './places.ts'
import { SealError } from './sealer.ts'
import { openedBytes, type Seals, sealedBytes } from './seals.ts'

type Bytes = Uint8Array

/** Prefix of the type of a sealed value in the saver's tables, before the type of the value. */
export const sealedType = 'sealed:'
/** Returns the type that a value had before it was sealed. */
export const plainType = (type: string): string => (isSealedType(type) ? type.slice(sealedType.length) : type)
export const isSealedType = (type: string): boolean => type.startsWith(sealedType)

type Blob = [
  thread: string,
  namespace: string,
  channel: string,
  version: string,
  type: string,
  value: Bytes | undefined,
]
type Write = [
  thread: string,
  namespace: string,
  checkpoint: string,
  task: string,
  index: number,
  channel: string,
  type: string,
  value: Bytes,
]

/** Seals the value of a channel for its row of `checkpoint_blobs`. */
export function sealedBlob(seals: Seals | undefined, tenant: string, blob: Blob): Blob {
  const [thread, namespace, channel, version, type, value] = blob
  const sealed = value && sealedBytes(seals, value, places.blob({ tenant, thread, namespace, channel, version, type }))
  return sealed ? [thread, namespace, channel, version, sealedType + type, sealed] : blob
}

/** Seals a write of a task for its row of `checkpoint_writes`. */
export function sealedWrite(seals: Seals | undefined, tenant: string, write: Write): Write {
  const [thread, namespace, checkpoint, task, number, channel, type, value] = write
  const key: WriteKey = { tenant, thread, namespace, checkpoint, task, index: String(number), channel, type }
  const sealed = sealedBytes(seals, value, places.write(key))
  return sealed ? [thread, namespace, checkpoint, task, number, channel, sealedType + type, sealed] : write
}

/** A row of the official saver's query for checkpoints, of which each value is an array of columns. */
interface CheckpointRow {
  readonly hadal_tenant: string | null
  readonly thread_id: string
  readonly checkpoint_ns: string
  readonly checkpoint_id: string
  readonly checkpoint: { readonly channel_versions?: Readonly<Record<string, unknown>> }
  readonly channel_values: Bytes[][] | null
  readonly pending_writes: Bytes[][] | null
}

/** Parts of the official saver's query that are extended: the columns of a row do not include its whole key. */
const [ofWrite, ofRow] = [
  'array[cw.task_id::text::bytea, cw.channel::bytea, cw.type::bytea, cw.blob]',
  '    metadata,\n',
]

/** Extends the official saver's query for checkpoints by the tenant of the thread and the index of each write. */
const withKeys = (text: string): string =>
  text
    .replace(ofWrite, ofWrite.replace(']', ', cw.idx::text::bytea]'))
    .replace(
      ofRow,
      `${ofRow}    (select thread.tenant from hadal.thread as thread where thread.thread_id = cp.thread_id::uuid) as hadal_tenant,\n`,
    )

const prefixBytes = Buffer.from(sealedType)
const hasSealedType = (type: Bytes | undefined): boolean =>
  type !== undefined && type.length > prefixBytes.length && prefixBytes.equals(type.subarray(0, prefixBytes.length))
const isSealedRow = ({ channel_values, pending_writes }: CheckpointRow): boolean =>
  channel_values?.some(([, type]) => hasSealedType(type)) === true ||
  pending_writes?.some(([, , type]) => hasSealedType(type)) === true

type Query = (text: string, values?: unknown[]) => Promise<pg.QueryResult>

/**
 * Executes a query of the official saver, and opens the sealed values of checkpoints in its result. Without sealed values, the query is the official
 * one.
 */
export async function queryOpened(
  seals: Seals | undefined,
  query: Query,
  text: string,
  values: unknown[] | undefined,
): Promise<pg.QueryResult> {
  const isRead = seals !== undefined && text.includes(ofWrite)
  if (!isRead || !seals.writes) {
    const result = await query(text, values)
    if (!isRead || !result.rows.some(isSealedRow)) return result
  }
  const result: pg.QueryResult<CheckpointRow> = await query(withKeys(text), values)
  for (const row of result.rows) openRow(seals, row)
  return result
}

/** Errors of values that could not be opened, by their sealed bytes. They are thrown when the value is used. */
const failures = new WeakMap<Bytes, SealError>()

function openRow(seals: Seals, row: CheckpointRow): void {
  const of = { tenant: row.hadal_tenant ?? '', thread: row.thread_id, namespace: row.checkpoint_ns }
  for (const value of row.channel_values ?? []) {
    const channel = textOf(value[0])
    const version = String(row.checkpoint.channel_versions?.[channel])
    open(seals, value, 1, (type) => places.blob({ ...of, channel, version, type }))
  }
  for (const write of row.pending_writes ?? []) {
    const [task, channel, index] = [textOf(write[0]), textOf(write[1]), textOf(write[4])]
    const checkpoint = row.checkpoint_id
    open(seals, write, 2, (type) => places.write({ ...of, checkpoint, task, index, channel, type }))
  }
}

/** Opens a value in its array of columns. @param at position of its type, which its bytes follow */
function open(seals: Seals, columns: Bytes[], at: number, placeOf: (type: string) => readonly string[]): void {
  const [stored, sealed] = [textOf(columns[at]), columns[at + 1]]
  if (!sealed || !isSealedType(stored)) return
  const type = plainType(stored)
  try {
    columns[at + 1] = openedBytes(seals, sealed, placeOf(type))
    columns[at] = Buffer.from(type)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    failures.set(sealed, error)
  }
}

const textOf = (bytes: Bytes | undefined): string => Buffer.from(bytes ?? []).toString('utf8')

/** Throws the reason for which a sealed value is not open. */
export function throwSealed(channel: string, sealed: Bytes): never {
  throw failures.get(sealed) ?? missingKey(channel, sealed)
}

function missingKey(channel: string, sealed: Bytes): unknown {
  try {
    return openedBytes(undefined, sealed, ['public.checkpoint_blobs.blob', channel])
  } catch (error) {
    return error
  }
}
