import type { CallIdentity } from './call-key.ts'

/** A tool call, with the run and the attempt that ask about it or execute it. */
export interface CallPlace extends CallIdentity {
  /** Id of the run that asks about the tool call or executes it. */
  readonly runId: string | undefined
  /** Number of the attempt of the run that asks about the tool call or executes it. */
  readonly attempt: number | undefined
}

/** A stored question about a tool call, which a person must answer. */
export interface AskedQuestion {
  /** Identity of the question, to which its answer is bound; see `approvalDigest`. */
  readonly digest: string
  /** When the question about the tool call expires, in milliseconds since 1970. */
  readonly expiresAt: number
  /** Whether an answer to the question is no longer valid, for example because the call was begun with it. */
  readonly closed: boolean
}

export interface NewQuestion extends CallPlace {
  readonly digest: string
  readonly expiresAt: number
  readonly tool: string
}

/**
 * How an execution of a tool ended. `paused`: the tool raised its own interrupt and will be called again with the answer. An execution without an
 * outcome may have acted: its process died, its run was stopped, or it is still running.
 */
export type CallOutcome = 'done' | 'failed' | 'paused'

/** The newest execution of a tool call. */
export interface CallExecution {
  /** Number of the execution, counted from 1 for each tool call. */
  readonly number: number
  readonly outcome: CallOutcome | undefined
  /** Digest of the question whose approval the execution used; undefined if it needed no approval. */
  readonly digest: string | undefined
  /** Whether the attempt that reads the ledger began this execution. */
  readonly sameAttempt: boolean
}

/** Stored question and newest execution of a tool call, and the time of the ledger. */
export interface KnownCall {
  readonly question: AskedQuestion | undefined
  readonly execution: CallExecution | undefined
  /**
   * Whether the ledger was restored from a backup in which the call was approved and not begun. The call may have been executed after the backup, so the
   * approval is no longer valid.
   */
  readonly restored?: boolean
  /** Current time of the ledger's clock, in milliseconds since 1970. It decides when a question expires, because the clocks of servers differ. */
  readonly now: number
}

/** An execution of a tool call that is about to begin. */
export interface NewExecution {
  readonly number: number
  readonly tool: string
  /** Approval that the execution uses; undefined if the tool call needs no approval. */
  readonly approval?: {
    /** Digest of the approved question. */
    readonly digest: string
    /** Digest of the call that is about to run: the digest of the question or, after an edit, of the call with the edited arguments. */
    readonly runs: string
    /** Whether an earlier execution, which this one continues, may have used the approval. */
    readonly again: boolean
  }
}

/** Why an execution did not begin. `used`: it was begun before. `expired`: its approval came too late. `undecided`: its question has no approval. */
export type NotGranted = 'used' | 'expired' | 'undecided'

/** Why an answered call was not executed. `changed`: its arguments have changed. `schema`: the edit does not match the tool's schema. */
export type RefusalReason = NotGranted | 'changed' | 'schema'

/**
 * Stores the questions, used approvals and executions of tool calls. A ledger should outlive the process of a run. If it loses its data, pending
 * approvals are asked for again, and a call that may have acted is executed again.
 */
export interface ApprovalLedger {
  /** Returns the stored question and the newest execution of a tool call. */
  look(call: CallPlace): Promise<KnownCall>
  /** Stores a question about a tool call before it is shown to a person. */
  ask(question: NewQuestion): Promise<void>
  /**
   * Commits that an execution begins, right before its tool is called, and marks its approval as used in the same transaction. Of several
   * callers that begin the same execution, only the first gets `begun`.
   */
  begin(call: CallPlace, execution: NewExecution): Promise<'begun' | NotGranted>
  /**
   * Commits that the first execution of a tool call begins, as `look` and `begin` do, in one round trip. For a call that needs no approval by the
   * rules. A ledger without this method is asked by the two others.
   *
   * @returns false if a question or an execution of the call is recorded; then nothing has begun
   */
  beginFirst?(call: CallPlace, tool: string): Promise<boolean>
  /** Commits how an execution of a tool call ended. */
  end(call: CallPlace, execution: NewExecution, outcome: CallOutcome): Promise<void>
  /**
   * Records that an answered call was not executed.
   *
   * @param detail further information about the reason, without arguments of the call
   */
  refuse(call: CallPlace, digest: string, reason: RefusalReason, detail?: string): Promise<void>
}

interface Remembered {
  question?: AskedQuestion
  execution?: Omit<CallExecution, 'sameAttempt'> & Pick<CallPlace, 'runId' | 'attempt'>
}

/** Maximum number of tool calls in an approval ledger in memory. The oldest are deleted first. */
const mostCalls = 10_000

class MemoryApprovalLedger implements ApprovalLedger {
  readonly #calls = new Map<string, Remembered>()

  async look(call: CallPlace): Promise<KnownCall> {
    const { question, execution } = this.#calls.get(keyOf(call)) ?? {}
    return {
      question,
      now: Date.now(),
      execution: execution && {
        ...execution,
        sameAttempt: execution.runId === call.runId && execution.attempt === call.attempt,
      },
    }
  }

  async ask({ digest, expiresAt, ...call }: NewQuestion): Promise<void> {
    this.#of(call).question = { digest, expiresAt, closed: false }
  }

  async begin(call: CallPlace, { number, approval }: NewExecution): Promise<'begun' | NotGranted> {
    const known = this.#of(call)
    if ((known.execution?.number ?? 0) >= number) return 'used'
    if (approval) {
      const { question } = known
      if (question?.digest !== approval.digest) return 'undecided'
      if (question.closed && !approval.again) return 'used'
      if (Date.now() > question.expiresAt && !approval.again) return 'expired'
      known.question = { ...question, closed: true }
    }
    const { runId, attempt } = call
    known.execution = { number, outcome: undefined, digest: approval?.digest, runId, attempt }
    return 'begun'
  }

  async end(call: CallPlace, { number }: NewExecution, outcome: CallOutcome): Promise<void> {
    const known = this.#of(call)
    if (known.execution?.number === number) known.execution = { ...known.execution, outcome }
  }

  async refuse(call: CallPlace, digest: string): Promise<void> {
    const known = this.#of(call)
    if (known.question?.digest === digest) known.question = { ...known.question, closed: true }
  }

  #of(call: CallIdentity): Remembered {
    const key = keyOf(call)
    const known = this.#calls.get(key) ?? {}
    this.#calls.set(key, known)
    const [oldest] = this.#calls.keys()
    if (this.#calls.size > mostCalls && oldest !== undefined) this.#calls.delete(oldest)
    return known
  }
}

/** Creates an approval ledger in the memory of this process. After a restart, pending questions are asked again. */
export const createMemoryApprovalLedger = (): ApprovalLedger => new MemoryApprovalLedger()

const keyOf = ({ tenant, threadId, place }: CallIdentity): string => JSON.stringify([tenant, threadId, place])
