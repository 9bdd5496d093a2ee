import { isApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { isObject } from '@hadal/middleware/unknown-value'
import { storable } from '../json-text.ts'
import type { RestingThread } from '../queries/end-run.ts'
import type { OfThread } from '../queries/held-runs.ts'
import type { ThreadRow } from '../queries/thread-rows.ts'
import type { Queryable } from '../transaction.ts'
import { places } from './places.ts'
import { openedEnvelope, openedOnUse, sealedField, sealedJson } from './sealed-json.ts'
import { type Seals, sealsOf } from './seals.ts'

/**
 * Returns a thread's interrupts for their column. Sealed ones keep the digests of their approval requests readable: statements search for these. The
 * column of a thread without interrupts stays `{}`, which statements compare too.
 */
export function sealedInterrupts(seals: Seals | undefined, text: string, { tenant, threadId }: OfThread): string {
  if (!seals?.writes || text === '{}') return text
  return sealedJson(seals, text, [places.threadInterrupts(tenant, threadId)], { digests: digestsIn(JSON.parse(text)) })
}

const digestsIn = (interrupts: unknown): string[] =>
  Object.values(isObject(interrupts) ? interrupts : {})
    .flat()
    .flatMap((one) => (isObject(one) && isApprovalRequest(one.value) ? [one.value.approval.digest] : []))

/** Returns the values, interrupts and error of a thread for their columns. */
export function sealedState<State extends Pick<RestingThread, 'values' | 'interrupts' | 'error'>>(
  seals: Seals | undefined,
  state: State,
  key: OfThread,
): State {
  if (!seals?.writes) return state
  return {
    ...state,
    values: sealedJson(seals, state.values, [places.threadValues(key.tenant, key.threadId)]),
    interrupts: sealedInterrupts(seals, state.interrupts, key),
    error: state.error && sealedJson(seals, state.error, [places.threadError(key.tenant, key.threadId)]),
  }
}

type SealedColumns = Partial<Pick<ThreadRow, 'values' | 'interrupts' | 'error' | 'newest_run'>>

/** Replaces the encrypted columns of a thread's row by getters that decrypt them: see {@link openedOnUse}. */
export function openedThread<Row extends Pick<ThreadRow, 'thread_id' | 'tenant'> & SealedColumns>(
  database: Queryable,
  row: Row,
): Row {
  const seals = sealsOf(database)
  const { tenant, thread_id: threadId, newest_run: newest } = row
  if (newest?.sealed) openNewestRun(seals, newest, tenant)
  return openedOnUse(seals, row, {
    values: places.threadValues(tenant, threadId),
    interrupts: places.threadInterrupts(tenant, threadId),
    error: places.threadError(tenant, threadId),
  })
}

function openNewestRun(seals: Seals | undefined, newest: NonNullable<ThreadRow['newest_run']>, tenant: string): void {
  for (const field of ['config', 'context'] as const)
    Object.defineProperty(newest, field, {
      enumerable: true,
      get: () => requestOf(seals, newest, tenant)[field] ?? null,
    })
}

/** Returns the request of a thread's newest run, of which a statement has read the sealed text. */
export function requestOf(
  seals: Seals | undefined,
  { sealed, run_id }: Pick<NonNullable<ThreadRow['newest_run']>, 'sealed' | 'run_id'>,
  tenant: string,
): Record<string, unknown> {
  // As the statement does for a plain request.
  const text = storable(openedEnvelope(seals, { [sealedField]: sealed ?? {} }, places.runRequest(tenant, run_id)))
  const request: unknown = JSON.parse(text)
  return isObject(request) ? request : {}
}
