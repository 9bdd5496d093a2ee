/**
 * Record of a value that JSON lacks, in the form of LangGraph's own serializer. The previous release reads the ids that it knows (Set, Map, RegExp,
 * Error, Uint8Array) and leaves the others as plain data.
 */
export interface ValueRecord {
  readonly lc: 2
  readonly type: 'constructor'
  readonly id: readonly string[]
  readonly method: string | null
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

export const valueRecord = (
  id: string | readonly string[],
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>> = {},
  method: string | null = null,
): ValueRecord => ({ lc: 2, type: 'constructor', id: typeof id === 'string' ? [id] : id, method, args, kwargs })

export const undefinedRecord = { lc: 2, type: 'undefined' } as const

/** Key under which LangChain wraps a plain object with a key `lc` in the fields of a message. */
export const escapedKey = '__lc_escaped__'

/** Whether a plain object would be read as a record: as a LangChain object, or as a {@link ValueRecord}. */
export function readsAsRecord(value: Readonly<Record<string, unknown>>): boolean {
  if (value.lc === 1) return value.type === 'constructor' && Array.isArray(value.id)
  return (
    value.lc === 2 && (value.type === 'constructor' || value.type === 'undefined' || value.type === 'delta_snapshot')
  )
}
