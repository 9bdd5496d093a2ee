/** Error that a model provider reports in an event of its stream. Google names it by `status`, OpenAI by `code`. */
interface ReportedError {
  readonly status?: unknown
  readonly code?: unknown
  readonly message?: unknown
}

/** Describes the failure in the JSON of an event of a model provider's stream, as a part of a sentence. OpenAI's event has it in `response`. */
export function reportedFailure(json: string): string {
  try {
    const event: { error?: ReportedError; response?: { error?: ReportedError } } = JSON.parse(json)
    const { status, code, message } = event.response?.error ?? event.error ?? {}
    return `it reported ${[status ?? code, message].filter(Boolean).join(', ') || 'a failure'}`
  } catch {
    return 'it reported a failure'
  }
}
