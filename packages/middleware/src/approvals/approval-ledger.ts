/** Where a call stands: stays the same however often its task is executed again. */
export interface CallPlace {
  readonly tenant: string
  readonly threadId: string
  /** The namespace of the call's task in the graph, and the call's id. */
  readonly place: string
  /** The run that asks or executes. */
  readonly runId: string | undefined
}

/** A question that was put to a person. */
export interface AskedQuestion {
  /** See `approvalDigest`: the question's identity, and what its answer is bound to. */
  readonly digest: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** Whether an execution was begun on its approval: it can't be used again. */
  readonly used: boolean
}

export interface NewQuestion extends CallPlace {
  readonly digest: string
  readonly expiresAt: number
  readonly tool: string
}

/** Why an approval doesn't count: the call was executed on it before, it came too late, or nobody gave it. */
export type NotGranted = 'used' | 'expired' | 'undecided'

/**
 * The memory of approvals: what was asked, and which approvals are used up. It outlives a run's process, or else every approval that it
 * forgot is asked for again.
 */
export interface ApprovalLedger {
  /** The newest question at a place. */
  newest(place: CallPlace): Promise<AskedQuestion | undefined>
  ask(question: NewQuestion): Promise<void>
  /**
   * Uses an approval up, right before its call is executed: granted once, to whoever comes first.
   *
   * @param digest the question's
   * @param runs the digest of what is about to run: the same, or that of the approver's edit
   */
  use(place: CallPlace, digest: string, runs: string): Promise<'granted' | NotGranted>
  /** Notes that an answered call was not executed. */
  refuse(place: CallPlace, digest: string, reason: NotGranted | 'changed'): Promise<void>
}

interface Remembered extends AskedQuestion {
  readonly place: string
}

/** A ledger for one process. After its end, what is still pending is asked again. */
export class MemoryLedger implements ApprovalLedger {
  readonly #questions = new Map<string, Remembered>()
  readonly #newest = new Map<string, string>()

  async newest(place: CallPlace): Promise<AskedQuestion | undefined> {
    return this.#questions.get(this.#newest.get(keyOf(place)) ?? '')
  }

  async ask(question: NewQuestion): Promise<void> {
    const place = keyOf(question)
    this.#questions.set(question.digest, { ...question, place, used: false })
    this.#newest.set(place, question.digest)
  }

  async use(place: CallPlace, digest: string): Promise<'granted' | NotGranted> {
    const question = this.#questions.get(digest)
    if (question?.place !== keyOf(place)) return 'undecided'
    if (question.used) return 'used'
    if (Date.now() > question.expiresAt) return 'expired'
    this.#questions.set(digest, { ...question, used: true })
    return 'granted'
  }

  async refuse(): Promise<void> {}
}

const keyOf = ({ tenant, threadId, place }: CallPlace): string => JSON.stringify([tenant, threadId, place])
