/** Error of a run that streams an event above the limit. */
export class EventTooLarge extends Error {
  constructor(event: string, text: string, mostBytes: number) {
    super(
      `The run's event "${event}" has ${Buffer.byteLength(text)} bytes as JSON. The maximum is ${mostBytes} (limits.eventBytes). ` +
        'Keep large data in files or in the store instead of the state, or raise the limit.',
    )
    this.name = 'EventTooLarge'
  }
}
