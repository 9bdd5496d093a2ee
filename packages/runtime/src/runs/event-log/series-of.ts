/**
 * Returns the name of the series that an event belongs to: events that differ little from each other. The parts of one message are a series, because
 * several messages may be streamed at the same time.
 */
export function seriesOf(event: string, text: string): string {
  if (!event.startsWith('messages')) return event
  const id = /"id":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]
  return id === undefined ? event : `${event}\n${id}`
}
