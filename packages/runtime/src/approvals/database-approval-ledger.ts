import { setTimeout as pause } from 'node:timers/promises'
import type {
  ApprovalLedger,
  CallOutcome,
  CallPlace,
  KnownCall,
  NewExecution,
  NewQuestion,
  NotGranted,
  RefusalReason,
} from '@hadal/middleware/approvals/approval-ledger'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { LeaseLost } from '../store/leased-saver.ts'
import { LedgerUnavailable } from '../store/ledger-unavailable.ts'
import { insertAsked, insertClosed } from '../store/queries/approval-events.ts'
import { beginCall, beginFirstCall, endCall, findKnownCall } from '../store/queries/tool-calls.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import type { TenantPools } from '../store/tenant-pools.ts'

/** Callbacks for metrics: `onAsk` for each approval request, and `onRefusal` for each answered tool call that was not executed. */
export interface ApprovalObserver {
  onAsk(): void
  onRefusal(reason: RefusalReason): void
}

/**
 * Maximum time in milliseconds for retries to record the end of a tool call's execution. If they fail, the server assumes that the call may have
 * acted.
 */
const endWithinMs = 10_000
const endPauseMs = 500

const notGranted: readonly string[] = ['used', 'expired', 'undecided'] satisfies NotGranted[]
const isNotGranted = (verdict: string): verdict is NotGranted => notGranted.includes(verdict)
const outcomes: readonly string[] = ['done', 'failed', 'paused'] satisfies CallOutcome[]
const isOutcome = (written: string): written is CallOutcome => outcomes.includes(written)

/**
 * Ledger of tool calls and approvals in the database. Decisions are recorded by the run that brings them (`runs/approvals/decide-approvals.ts`). An
 * execution that needs approval begins only after a recorded decision, and every execution only while its attempt has the lease.
 */
export class DatabaseApprovalLedger implements ApprovalLedger {
  readonly #pools: TenantPools
  readonly #observer: ApprovalObserver

  constructor(pools: TenantPools, observer: ApprovalObserver) {
    this.#pools = pools
    this.#observer = observer
  }

  async look(call: CallPlace): Promise<KnownCall> {
    const row = await reached(() => findKnownCall(this.#pools.of(call.tenant), call))
    const {
      digest,
      expires_at,
      closed,
      begun,
      restored: withdrawn,
      execution,
      outcome,
      run_id,
      attempt,
      execution_digest,
    } = row
    const now = row.now.getTime()
    const restored = withdrawn === true
    const question =
      digest && expires_at ? { digest, expiresAt: expires_at.getTime(), closed: closed === true } : undefined
    // The previous release stores no executions, only that a call was begun under an approval.
    if (question && begun && execution_digest !== question.digest)
      return {
        question,
        restored,
        now,
        execution: { number: execution ?? 0, outcome: undefined, digest: question.digest, sameAttempt: false },
      }
    if (typeof execution !== 'number') return { question, restored, now, execution: undefined }
    return {
      question,
      restored,
      now,
      execution: {
        number: execution,
        outcome: outcome && isOutcome(outcome) ? outcome : undefined,
        digest: execution_digest ?? undefined,
        sameAttempt: run_id === (call.runId ?? null) && attempt === (call.attempt ?? null),
      },
    }
  }

  async ask(question: NewQuestion): Promise<void> {
    await reached(() =>
      insertAsked(this.#pools.of(question.tenant), { ...question, expiresAt: new Date(question.expiresAt) }),
    )
    this.#observer.onAsk()
  }

  async begin(call: CallPlace, { number, tool, approval }: NewExecution): Promise<'begun' | NotGranted> {
    let tries = 0
    const verdict = await reached(async () => {
      tries += 1
      const answer = await beginCall(this.#pools.of(call.tenant), { ...call, number, tool, approval })
      // An earlier try may have been committed although its response was lost.
      return answer === 'used' && tries > 1 && (await this.#isBegun(call, number)) ? 'begun' : answer
    })
    if (verdict === 'begun' || isNotGranted(verdict)) return verdict
    throw leaseLost(call)
  }

  async beginFirst(call: CallPlace, tool: string): Promise<boolean> {
    let tries = 0
    const verdict = await reached(async () => {
      tries += 1
      const answer = await beginFirstCall(this.#pools.of(call.tenant), { ...call, tool })
      // An earlier try may have been committed although its response was lost.
      return answer === 'known' && tries > 1 && (await this.#isBegun(call, 1)) ? 'begun' : answer
    })
    if (verdict === 'lease_lost') throw leaseLost(call)
    return verdict === 'begun'
  }

  /** Whether this attempt at the run began this execution of a tool call, and the execution has not ended. */
  async #isBegun(call: CallPlace, number: number): Promise<boolean> {
    const { execution } = await this.look(call)
    return execution?.number === number && execution.sameAttempt && execution.outcome === undefined
  }

  async end(call: CallPlace, { number, approval }: NewExecution, outcome: CallOutcome): Promise<void> {
    const until = Date.now() + endWithinMs
    for (;;) {
      try {
        return await endCall(this.#pools.of(call.tenant), { ...call, number, outcome, digest: approval?.digest })
      } catch (error) {
        if (!isConnectionTrouble(error)) throw error
        if (Date.now() > until) throw new LedgerUnavailable(error)
        await pause(endPauseMs)
      }
    }
  }

  async refuse({ tenant, runId }: CallPlace, digest: string, reason: RefusalReason, detail?: string): Promise<void> {
    const written = detail === undefined ? reason : `${reason}: ${detail}`
    await unlessAway(() => insertClosed(this.#pools.of(tenant), { event: 'refused', digest, runId, reason: written }))
    this.#observer.onRefusal(reason)
  }
}

const leaseLost = ({ runId = '', attempt = 0 }: CallPlace): LeaseLost => new LeaseLost({ runId, attempt })

/**
 * Retries a statement of the approval ledger while the database is unavailable, so that a short outage does not stop the run's other tool calls.
 * After the retries it throws LedgerUnavailable. The statement may be executed twice.
 */
const reached = <Result>(work: () => Promise<Result>): Promise<Result> => unlessAway(() => retryWhileLeased(work))

async function unlessAway<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw isConnectionTrouble(error) ? new LedgerUnavailable(error) : error
  }
}
