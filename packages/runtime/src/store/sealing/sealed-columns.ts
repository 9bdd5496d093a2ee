import { places } from './places.ts'
import { plainType, sealedType } from './sealed-blobs.ts'
import { isSealed, openedEnvelope, openedText, sealedField, sealedJson, sealedText } from './sealed-json.ts'
import { sealedInterrupts } from './sealed-thread.ts'
import { openedBytes, type SealedPlace, type Seals, sealedBytes } from './seals.ts'

/** Stored value of a sealed column: a text, or bytes with their type. */
export interface StoredValue {
  readonly text: string | null
  readonly type: string | null
  readonly bytes: Buffer | null
}

/** The columns of a row's key, as texts. */
type RowKey = readonly string[]

/** A column whose values are sealed, for statements over all of its rows. */
export interface SealedColumn {
  /** Name of the column with schema and table: the first part of its additional data. */
  readonly name: string
  readonly table: string
  /** Columns of the primary key, each with its type. */
  readonly key: Readonly<Record<string, string>>
  /** SQL for the tenant of a row. */
  readonly tenant: string
  /** SQL for the id of the key that sealed the value; NULL for a plain value. */
  readonly keyId: string
  /** SQL condition of a row that has a value. */
  readonly exists: string
  /** SQL for the columns of a {@link StoredValue}. */
  readonly value: string
  /** SQL that assigns a changed {@link StoredValue}, whose columns are those of `given`. */
  readonly assign: string
  /** SQL for the id of the run that made a write. A trigger sets it from the transaction at each update, so the update sets it in the transaction. */
  readonly run?: string
  /**
   * Returns the value opened and, if the server encrypts, sealed with the newest key.
   *
   * @throws {SealError} if it can't be opened
   */
  change(seals: Seals | undefined, value: StoredValue, tenant: string, key: RowKey): StoredValue
}

const keyIdOf = (bytes: string): string => `encode(substring(${bytes} FROM 2 FOR 8), 'hex')`
/** The first 24 characters of Base64 contain version and key id. */
const keyIdOfText = (base64: string): string => keyIdOf(`decode(left(${base64}, 24), 'base64')`)

const textValue = (text: string): StoredValue => ({ text, type: null, bytes: null })

interface JsonColumn {
  readonly column: string
  readonly table: string
  readonly key: Readonly<Record<string, string>>
  readonly type: 'json' | 'jsonb'
  readonly exists?: string
  placeOf(tenant: string, key: RowKey): SealedPlace
  seal?(seals: Seals | undefined, text: string, tenant: string, key: RowKey): string
}

function jsonColumn({ column, table, key, type, exists, placeOf, seal }: JsonColumn): SealedColumn {
  const name = `${table}.${column}`
  const sql = `"${column}"`
  // PostgreSQL reads no part of a json value that has the escape \u0000 anywhere, so a json column is compared as text.
  const begin = `{"${sealedField}":{"${name}":"`
  const keyId =
    type === 'jsonb'
      ? keyIdOfText(`(${sql}->'${sealedField}'->>'${name}')`)
      : `CASE WHEN starts_with(${sql}::text, '${begin}') THEN ${keyIdOfText(`substr(${sql}::text, ${begin.length + 1}, 24)`)} END`
  return {
    name,
    table,
    key,
    tenant: 'row.tenant',
    keyId,
    exists: exists ?? `${sql} IS NOT NULL`,
    value: `${sql}::text AS text, NULL AS type, NULL::bytea AS bytes`,
    assign: `${sql} = given.text::${type}`,
    change(seals, { text }, tenant, of) {
      const place = placeOf(tenant, of)
      const stored: unknown = JSON.parse(text ?? 'null')
      const plain = isSealed(stored) ? openedEnvelope(seals, stored, place) : (text ?? 'null')
      return textValue(seal ? seal(seals, plain, tenant, of) : sealedJson(seals, plain, [place]))
    },
  }
}

const run = { table: 'hadal.run', key: { run_id: 'uuid' } }
const thread = { table: 'hadal.thread', key: { thread_id: 'uuid' } }
const first = (key: RowKey): string => key[0] ?? ''

const tenantOfThread = `coalesce((SELECT thread.tenant FROM hadal.thread AS thread WHERE thread.thread_id = row.thread_id::uuid), 'default')`
const blob = {
  tenant: tenantOfThread,
  keyId: `CASE WHEN starts_with(type, '${sealedType}') THEN ${keyIdOf('blob')} END`,
  exists: 'blob IS NOT NULL',
  value: 'NULL AS text, type, blob AS bytes',
  assign: 'type = given.type, blob = given.bytes',
}

function changedBlob(
  seals: Seals | undefined,
  { type, bytes }: StoredValue,
  placeOf: (type: string) => SealedPlace,
): StoredValue {
  const plain = plainType(type ?? '')
  const stored = bytes ?? Buffer.alloc(0)
  const opened = plain === type ? stored : openedBytes(seals, stored, placeOf(plain))
  const sealed = sealedBytes(seals, opened, placeOf(plain))
  return { text: null, type: sealed ? sealedType + plain : plain, bytes: sealed ?? opened }
}

/** Every column whose values are sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  jsonColumn({
    ...run,
    column: 'request',
    type: 'json',
    placeOf: (tenant, key) => places.runRequest(tenant, first(key)),
  }),
  jsonColumn({ ...run, column: 'error', type: 'jsonb', placeOf: (tenant, key) => places.runError(tenant, first(key)) }),
  jsonColumn({
    ...thread,
    column: 'values',
    type: 'jsonb',
    placeOf: (tenant, key) => places.threadValues(tenant, first(key)),
  }),
  jsonColumn({
    ...thread,
    column: 'interrupts',
    type: 'json',
    exists: `interrupts::text <> '{}'`,
    placeOf: (tenant, key) => places.threadInterrupts(tenant, first(key)),
    seal: (seals, text, tenant, key) => sealedInterrupts(seals, text, { tenant, threadId: first(key) }),
  }),
  jsonColumn({
    ...thread,
    column: 'error',
    type: 'jsonb',
    placeOf: (tenant, key) => places.threadError(tenant, first(key)),
  }),
  jsonColumn({
    table: 'hadal.store_item',
    column: 'value',
    type: 'jsonb',
    key: { tenant: 'text', namespace: 'text[]', key: 'text' },
    placeOf: (tenant, [, namespace, key]) => places.item(tenant, JSON.parse(namespace ?? '[]'), key ?? ''),
  }),
  {
    name: 'hadal.run_event.data',
    table: 'hadal.run_event',
    key: { run_id: 'uuid', sequence: 'integer' },
    tenant: '(SELECT run.tenant FROM hadal.run AS run WHERE run.run_id = row.run_id)',
    keyId: `CASE WHEN starts_with(data, '${sealedField}:') THEN ${keyIdOfText(`substr(data, ${sealedField.length + 2}, 24)`)} END`,
    exists: 'true',
    value: 'data AS text, event AS type, NULL::bytea AS bytes',
    assign: 'data = given.text',
    change(seals, { text, type }, tenant, [runId, sequence]) {
      const place = places.event(tenant, runId ?? '', Number(sequence), type ?? '')
      return { text: sealedText(seals, openedText(seals, text ?? '', place), place), type, bytes: null }
    },
  },
  {
    ...blob,
    name: 'public.checkpoint_blobs.blob',
    table: 'public.checkpoint_blobs',
    key: { thread_id: 'text', checkpoint_ns: 'text', channel: 'text', version: 'text' },
    change: (seals, value, tenant, [threadId = '', namespace = '', channel = '', version = '']) =>
      changedBlob(seals, value, (type) => places.blob({ tenant, thread: threadId, namespace, channel, version, type })),
  },
  {
    ...blob,
    name: 'public.checkpoint_writes.blob',
    table: 'public.checkpoint_writes',
    key: { thread_id: 'text', checkpoint_ns: 'text', checkpoint_id: 'text', task_id: 'text', idx: 'integer' },
    value: `channel AS text, type, blob AS bytes`,
    run: 'row.hadal_run_id::text',
    change(seals, value, tenant, [threadId = '', namespace = '', checkpoint = '', task = '', index = '']) {
      const of = { tenant, thread: threadId, namespace, checkpoint, task, index, channel: value.text ?? '' }
      return changedBlob(seals, value, (type) => places.write({ ...of, type }))
    },
  },
]
