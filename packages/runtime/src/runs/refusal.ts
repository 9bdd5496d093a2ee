/** What a client asked for can't be done, and why: `http` makes a 4xx of it. */
export class Refusal extends Error {
  readonly status: 400 | 404 | 409 | 413 | 422
  /** For programs: a `code`, and what else a client may branch on. */
  readonly details: Readonly<Record<string, unknown>>
  /** @param sentence the object, the value, what to do; a client reads it as it is */
  constructor(status: Refusal['status'], sentence: string, details: Refusal['details'] = {}) {
    super(sentence)
    this.name = 'Refusal'
    this.status = status
    this.details = details
  }
}

export const unknownThread = (threadId: string): Refusal =>
  new Refusal(404, `There is no thread ${threadId}. Create it first, or send if_not_exists: "create".`)
export const unknownRun = (threadId: string | undefined, runId: string): Refusal =>
  new Refusal(404, `There is no run ${runId}${threadId ? ` of thread ${threadId}` : ''}.`)
