/** Thrown if a migration changed a table during a transaction that uses it. The transaction was rolled back, and succeeds if it is repeated. */
export class SchemaChanged extends Error {
  constructor(cause: unknown) {
    super('A migration changed a table during this transaction, which was rolled back. Repeat the request.', { cause })
    this.name = 'SchemaChanged'
  }
}
