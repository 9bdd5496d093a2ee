/** Messages by which PostgreSQL reports a full disk without the error code of one. */
const noRoom = /No space left on device|File too large|could not extend file|wrote only/

/** Explains a failed restore in a sentence. */
export function whyNotRestored(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  const isFull = (error instanceof Error && 'code' in error && error.code === '53100') || noRoom.test(reason)
  const sentence = isFull ? `The database has no room: ${reason}. Give its volume more space` : reason
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
