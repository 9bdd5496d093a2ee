/** Something that a person can mend: its message is a whole sentence, shown without a stack trace. */
export class PlainError extends Error {
  override readonly name = 'PlainError'
}
