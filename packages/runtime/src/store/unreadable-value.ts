/** Thrown if a value of a thread's state is stored but can't be read. */
export class UnreadableValue extends Error {
  constructor(channel: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(
      `The value of channel "${channel}" can't be read: ${why}. Continue from an older checkpoint of the thread, by its checkpoint_id.`,
      { cause },
    )
    this.name = 'UnreadableValue'
  }
}
