/**
 * A position in the stream of a thread: after an event of a run, or after the whole entry (`end`), which is a run or an update of the state. Numbers of
 * entries increase over the runs of a thread and are never used again, also after a run was deleted or rolled back.
 */
export interface ThreadPosition {
  readonly number: number
  /** Sequence number of the run's event. */
  readonly after: number | 'end'
}

/** Position before the first event of a thread. */
export const beginning: ThreadPosition = { number: 0, after: 'end' }

/** The id of an event in the stream of a thread, such as `4711-12`, or `4711-end` for the last event of an entry. */
export const eventId = ({ number, after }: ThreadPosition): string => `${number}-${after}`

/** The position after an event's id; undefined for a text that is no id. A `-` (also `-1`) is the position before the first event. */
export function positionOf(id: string): ThreadPosition | undefined {
  if (id === '-' || id === '-1') return beginning
  const [, number, after] = /^(\d{1,15})-(\d{1,9}|end)$/.exec(id) ?? []
  if (number === undefined || after === undefined) return undefined
  return { number: Number(number), after: after === 'end' ? after : Number(after) }
}
