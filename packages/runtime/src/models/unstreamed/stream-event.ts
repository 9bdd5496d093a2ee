/** Server-sent event of a model provider's stream. Events of Chat Completions have no name. */
export interface StreamEvent {
  readonly event?: string
  readonly data: unknown
}
