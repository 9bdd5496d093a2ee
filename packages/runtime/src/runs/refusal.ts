/** A request that can't be fulfilled, with the reason. The `http` layer answers it with `status` and the sentence. */
export class Refusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 502 | 503
  /** Additional fields of the error response for programs: a `code`, and values on which a client may branch. */
  readonly details: Readonly<Record<string, unknown>>
  /** @param sentence names the object, the value and what to do; the client gets it unchanged */
  constructor(status: Refusal['status'], sentence: string, details: Refusal['details'] = {}) {
    super(sentence)
    this.name = 'Refusal'
    this.status = status
    this.details = details
  }
}

/** The 404 error for an unknown thread. */
export const unknownThread = (threadId: string): Refusal =>
  new Refusal(404, `There is no thread ${threadId}. Create it first, or send if_not_exists: "create".`)
/** The 409 error for a new thread whose id belongs to a thread that the client can't see. */
export const takenThread = (threadId: string): Refusal =>
  new Refusal(409, `The id ${threadId} is taken. Send another thread_id, or none.`)
/** The 409 error for a run with the strategy `reject` on a thread that waits for an answer. */
export const askingThread = (threadId: string): Refusal =>
  new Refusal(
    409,
    `Thread ${threadId} waits for the answer to a question about a tool call. Answer it with command.resume, or send multitask_strategy "enqueue", "interrupt" or "rollback", which withdraws the question.`,
  )
/** The 404 error for an unknown run. @param threadId thread that the request names; undefined if it names only the run */
export const unknownRun = (threadId: string | undefined, runId: string): Refusal =>
  new Refusal(
    404,
    threadId
      ? `There is no run ${runId} of thread ${threadId}. GET /threads/${threadId}/runs lists the runs that it has.`
      : `There is no run ${runId}. Check its id: the run may have been deleted or rolled back.`,
  )
