import type { CallIdentity } from './call-key.ts'

/** A call, and who executes it now. */
export interface CallPlace extends CallIdentity {
  /** The run that asks or executes. */
  readonly runId: string | undefined
  /** The run's attempt. */
  readonly attempt: number | undefined
}

/** A question that was put to a person. */
export interface AskedQuestion {
  /** See `approvalDigest`: the question's identity, and what its answer is bound to. */
  readonly digest: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** Whether no answer to it counts any more, for example because the call was begun on it. */
  readonly closed: boolean
}

export interface NewQuestion extends CallPlace {
  readonly digest: string
  readonly expiresAt: number
  readonly tool: string
}

/**
 * How an execution of a tool ended. `paused`: the tool asked an interrupt of its own, and is entered again with the answer. Without an end, the
 * execution may have acted: its process died, its run was stopped, or it is still under way.
 */
export type CallOutcome = 'done' | 'failed' | 'paused'

/** The last execution of a call. */
export interface CallExecution {
  /** Counted from 1 for each call. */
  readonly number: number
  readonly outcome: CallOutcome | undefined
  /** The question on which it was begun, if it was asked. */
  readonly digest: string | undefined
  /** Whether the attempt that looks began it itself. */
  readonly sameAttempt: boolean
}

/** What the ledger has of a call. */
export interface KnownCall {
  readonly question: AskedQuestion | undefined
  readonly execution: CallExecution | undefined
  /** Time by the ledger's clock, in milliseconds since 1970. It decides when a question expires: the clocks of servers differ. */
  readonly now: number
}

/** An execution that is about to begin. */
export interface NewExecution {
  readonly number: number
  readonly tool: string
  /** For a call that was asked. */
  readonly approval?: {
    /** The question's digest. */
    readonly digest: string
    /** The digest of what is about to run: the question's, or that of the approver's edit. */
    readonly runs: string
    /** Whether the approval may have been used by an earlier execution, which this one continues. */
    readonly again: boolean
  }
}

/** Why an approval doesn't count: the call was begun on it before, it came too late, or nobody gave it. */
export type NotGranted = 'used' | 'expired' | 'undecided'

/** Why an answered call was not executed. `changed`: the call has other arguments than the question. `schema`: the tool's schema refuses the edit. */
export type RefusalReason = NotGranted | 'changed' | 'schema'

/**
 * The memory of calls: what was asked, which approvals are used up, which executions were begun and which of them ended. It outlives a run's
 * process, or else every approval that it forgot is asked for again, and a call that may have acted is executed again.
 */
export interface ApprovalLedger {
  look(call: CallPlace): Promise<KnownCall>
  ask(question: NewQuestion): Promise<void>
  /**
   * Commits that an execution begins, right before its tool is entered, and uses its approval up in the same transaction. Only the first of
   * several that begin the same execution gets `begun`.
   */
  begin(call: CallPlace, execution: NewExecution): Promise<'begun' | NotGranted>
  end(call: CallPlace, execution: NewExecution, outcome: CallOutcome): Promise<void>
  /**
   * Records that an answered call was not executed.
   *
   * @param detail what the reason is about, without arguments of the call
   */
  refuse(call: CallPlace, digest: string, reason: RefusalReason, detail?: string): Promise<void>
}

interface Remembered {
  question?: AskedQuestion
  execution?: Omit<CallExecution, 'sameAttempt'> & Pick<CallPlace, 'runId' | 'attempt'>
}

/** Maximum number of calls that a process remembers; the oldest are forgotten. */
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

/** A ledger for one process. After its end, what is still pending is asked again. */
export const createMemoryApprovalLedger = (): ApprovalLedger => new MemoryApprovalLedger()

const keyOf = ({ tenant, threadId, place }: CallIdentity): string => JSON.stringify([tenant, threadId, place])
