import { LogDecoder } from '../runs/event-log/log-decoder.ts'
import { internalEvents } from '../store/queries/run-events.ts'
import { type StoredValue, sealedColumns } from '../store/sealing/sealed-columns.ts'
import type { Seals } from '../store/sealing/seals.ts'

/** A row of a table, as JSON. */
export type JsonRow = Record<string, unknown>

/** Makes the rows of one table readable: opens sealed values, and decodes values of the state and the batches of event logs. */
export class SubjectRows {
  readonly #table: string
  readonly #tenant: string
  readonly #seals: Seals | undefined
  readonly #columns: typeof sealedColumns
  #decoded: { readonly runId: unknown; readonly decoder: LogDecoder } | undefined

  /** @param tenant tenant of the rows: those of the saver's tables have none */
  constructor(table: string, tenant: string, seals: Seals | undefined) {
    this.#table = table
    this.#tenant = tenant
    this.#seals = seals && { ...seals, writes: false }
    this.#columns = sealedColumns.filter((column) => column.table === table)
  }

  /**
   * Returns the readable rows of a row: several for a batch of events.
   *
   * @throws {SealError} if a value can't be decrypted
   */
  readable(row: JsonRow): JsonRow[] {
    for (const column of this.#columns) {
      const name = column.name.slice(column.name.lastIndexOf('.') + 1)
      if (row[name] === null || row[name] === undefined) continue
      const key = Object.entries(column.key).map(([part, type]) =>
        type === 'text[]' ? JSON.stringify(row[part]) : String(row[part]),
      )
      const opened = column.change(this.#seals, this.#stored(row, name), this.#tenant, key)
      row[name] = this.#value(opened)
      if (opened.bytes) row.type = opened.type
    }
    return this.#table === 'hadal.run_event' ? this.#events(row) : [row]
  }

  #stored(row: JsonRow, name: string): StoredValue {
    if (name === 'blob')
      return { text: String(row.channel), type: String(row.type), bytes: Buffer.from(String(row.blob).slice(2), 'hex') }
    if (this.#table === 'hadal.run_event') return { text: String(row.data), type: String(row.event), bytes: null }
    return { text: JSON.stringify(row[name]), type: null, bytes: null }
  }

  #value({ text, type, bytes }: StoredValue): unknown {
    if (bytes) return type === 'json' ? JSON.parse(bytes.toString('utf8')) : { base64: bytes.toString('base64') }
    return this.#table === 'hadal.run_event' ? text : JSON.parse(text ?? 'null')
  }

  #events(row: JsonRow): JsonRow[] {
    const { run_id: runId, event, data, sequence } = row
    const begins = event === internalEvents.firstBatch
    if (!begins && event !== internalEvents.batch) return [{ ...row, data: jsonOf(String(data)) }]
    if (this.#decoded?.runId !== runId) this.#decoded = { runId, decoder: new LogDecoder() }
    const events = this.#decoded?.decoder.events(String(data), begins, Number(sequence)) ?? []
    return [...events].map((one) => ({ ...row, sequence: one.sequence, event: one.event, data: jsonOf(one.data) }))
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
