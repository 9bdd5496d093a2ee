import type {
  ApprovalLedger,
  AskedQuestion,
  CallPlace,
  NewQuestion,
  NotGranted,
} from '@hadal/middleware/approvals/approval-ledger'
import {
  insertAsked,
  insertExecuted,
  insertRefused,
  newestApproval,
  wasDecidedLate,
} from './queries/approval-events.ts'
import type { Queryable } from './transaction.ts'

/** Hears of each question and of each answered call that was not executed, for metrics. */
export interface ApprovalObserver {
  asked(): void
  refused(reason: NotGranted | 'changed'): void
}

/**
 * The memory of approvals in the database. Decisions come into it with the run that brings them (`runs/decide-approvals.ts`); an execution
 * counts only after one of them.
 */
export class DatabaseLedger implements ApprovalLedger {
  readonly #database: Queryable
  readonly #observer: ApprovalObserver

  constructor(database: Queryable, observer: ApprovalObserver) {
    this.#database = database
    this.#observer = observer
  }

  async newest(place: CallPlace): Promise<AskedQuestion | undefined> {
    const found = await newestApproval(this.#database, place)
    return found && { digest: found.digest, expiresAt: found.expires_at.getTime(), used: found.executed }
  }

  async ask(question: NewQuestion): Promise<void> {
    await insertAsked(this.#database, { ...question, expiresAt: new Date(question.expiresAt) })
    this.#observer.asked()
  }

  async use(place: CallPlace, digest: string, runs: string): Promise<'granted' | NotGranted> {
    if (await insertExecuted(this.#database, { ...place, digest, runsDigest: runs })) return 'granted'
    const found = await newestApproval(this.#database, place)
    if (found?.digest === digest && found.executed) return 'used'
    return (await wasDecidedLate(this.#database, digest)) ? 'expired' : 'undecided'
  }

  async refuse({ runId }: CallPlace, digest: string, reason: NotGranted | 'changed'): Promise<void> {
    await insertRefused(this.#database, { digest, runId, reason })
    this.#observer.refused(reason)
  }
}
