import type { OfThread } from '../queries/held-runs.ts'
import type { Queryable } from '../transaction.ts'
import { type BlobKey, places, type WriteKey } from './places.ts'
import { plainType, sealedType } from './sealed-blobs.ts'
import { openedBytes, type SealedPlace, type Seals, sealedBytes } from './seals.ts'

/** Maximum number of values of a thread that are encrypted anew at once. */
const atOnce = 100

/** Row of one of the saver's tables with values. The columns that its table lacks are null. */
interface BlobRow {
  readonly namespace: string
  readonly checkpoint: string | null
  readonly task: string | null
  readonly idx: number | null
  readonly channel: string
  readonly version: string | null
  readonly type: string
  readonly blob: Buffer
}

/** Tables with values, each with its key without the thread, and the columns of a {@link BlobRow}. */
const tables = {
  checkpoint_blobs: {
    key: 'checkpoint_ns, channel, version',
    columns:
      'checkpoint_ns AS namespace, NULL AS checkpoint, NULL AS task, NULL::integer AS idx, channel, version, type, blob',
    same: 'row.checkpoint_ns = new.namespace AND row.channel = new.channel AND row.version = new.version',
  },
  checkpoint_writes: {
    key: 'checkpoint_ns, checkpoint_id, task_id, idx',
    columns:
      'checkpoint_ns AS namespace, checkpoint_id AS checkpoint, task_id AS task, idx, channel, NULL AS version, type, blob',
    same: 'row.checkpoint_ns = new.namespace AND row.checkpoint_id = new.checkpoint AND row.task_id = new.task AND row.idx = new.idx',
  },
} as const
type BlobTable = keyof typeof tables
const blobTables = ['checkpoint_blobs', 'checkpoint_writes'] as const satisfies readonly BlobTable[]

/** Encrypts the sealed values of a copied thread for their new rows. @param from thread from which the rows were copied */
export async function resealBlobs(database: Queryable, seals: Seals, from: OfThread, to: OfThread): Promise<void> {
  for (const table of blobTables) {
    const { key, columns } = tables[table]
    for (let offset = 0; ; offset += atOnce) {
      const { rows } = await database.query<BlobRow>(
        `SELECT ${columns} FROM public.${table} WHERE thread_id = $1 AND type LIKE '${sealedType}%' ORDER BY ${key} LIMIT ${atOnce} OFFSET $2`,
        // A row that is written plain leaves the result.
        [to.threadId, seals.writes ? offset : 0],
      )
      if (rows.length > 0)
        await writeBlobs(
          database,
          table,
          to.threadId,
          rows.map((row) => resealed(seals, table, row, from, to)),
        )
      if (rows.length < atOnce) break
    }
  }
}

function resealed(seals: Seals, table: BlobTable, row: BlobRow, from: OfThread, to: OfThread): BlobRow {
  const type = plainType(row.type)
  const opened = openedBytes(seals, row.blob, placeOf(table, row, type, from))
  const blob = sealedBytes(seals, opened, placeOf(table, row, type, to))
  return blob ? { ...row, blob, type: sealedType + type } : { ...row, blob: opened, type }
}

function placeOf(table: BlobTable, row: BlobRow, type: string, { tenant, threadId: thread }: OfThread): SealedPlace {
  const of = { tenant, thread, namespace: row.namespace, channel: row.channel, type }
  if (table === 'checkpoint_blobs') return places.blob({ ...of, version: row.version ?? '' } satisfies BlobKey)
  return places.write({
    ...of,
    checkpoint: row.checkpoint ?? '',
    task: row.task ?? '',
    index: String(row.idx),
  } satisfies WriteKey)
}

async function writeBlobs(
  database: Queryable,
  table: BlobTable,
  threadId: string,
  rows: readonly BlobRow[],
): Promise<void> {
  await database.query(
    `UPDATE public.${table} AS row SET type = new.type, blob = new.blob
     FROM unnest($2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::bytea[])
       AS new (namespace, checkpoint, task, idx, channel, version, type, blob)
     WHERE row.thread_id = $1 AND ${tables[table].same}`,
    [
      threadId,
      rows.map(({ namespace }) => namespace),
      rows.map(({ checkpoint }) => checkpoint),
      rows.map(({ task }) => task),
      rows.map(({ idx }) => idx),
      rows.map(({ channel }) => channel),
      rows.map(({ version }) => version),
      rows.map(({ type }) => type),
      rows.map(({ blob }) => blob),
    ],
  )
}
