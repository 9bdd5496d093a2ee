/**
 * The form in which LangGraph's own serializer writes values that JSON lacks. The release before reads the ids that it knows (Set, Map, RegExp,
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

/** The key under which LangChain wraps a plain object of a message's fields that has a key `lc`. */
export const escapedKey = '__lc_escaped__'

/** Whether a plain object would be read as a record: as an object of LangChain's, or as one of the values above. */
export function readsAsRecord(value: Readonly<Record<string, unknown>>): boolean {
  if (value.lc === 1) return value.type === 'constructor' && Array.isArray(value.id)
  return (
    value.lc === 2 && (value.type === 'constructor' || value.type === 'undefined' || value.type === 'delta_snapshot')
  )
}
