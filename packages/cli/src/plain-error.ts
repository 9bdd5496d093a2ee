/** Error that the user can fix. Its message consists of whole sentences and is shown without a stack trace. */
export class PlainError extends Error {
  override readonly name = 'PlainError'
}
