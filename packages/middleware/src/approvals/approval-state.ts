/**
 * States of a question about a tool call. `waiting`: it has no answer yet. `approved`, `rejected`, `responded`: it has an answer. `expired`: it
 * had no answer in time. `begun`: its call was begun and may have acted. `executed`, `failed`, `refused` and `withdrawn` are final.
 */
export const approvalStates = [
  'waiting',
  'approved',
  'rejected',
  'responded',
  'expired',
  'begun',
  'executed',
  'failed',
  'refused',
  'withdrawn',
] as const
export type ApprovalState = (typeof approvalStates)[number]

/** Event in the history of a question about a tool call, with its name in the audit. Each kind of decision is an event. */
export type ApprovalEvent =
  | 'asked'
  | 'approve'
  | 'edit'
  | 'reject'
  | 'respond'
  | 'expired'
  | 'begun'
  | 'executed'
  | 'failed'
  | 'refused'
  | 'not executed'
  | 'withdrawn'

/**
 * Cause of an event. `run`: the run that asks or executes. `client`: an answer, in the run that resumes the thread. `expiry`: the server's search for
 * expired questions. `end`: the end of any run of the thread, a state update, or the deletion of the thread.
 */
export type ApprovalCause = 'run' | 'client' | 'expiry' | 'end'

export interface ApprovalTransition {
  /** State of the question before the event; undefined if the question was not asked yet. */
  readonly from: ApprovalState | undefined
  readonly event: ApprovalEvent
  readonly by: ApprovalCause
  readonly to: ApprovalState
}

/** All transitions of a question. The server rejects an answer, and records no event, that has no transition in this list. */
export const approvalTransitions: readonly ApprovalTransition[] = [
  { from: undefined, event: 'asked', by: 'run', to: 'waiting' },
  { from: 'waiting', event: 'approve', by: 'client', to: 'approved' },
  { from: 'waiting', event: 'edit', by: 'client', to: 'approved' },
  { from: 'waiting', event: 'reject', by: 'client', to: 'rejected' },
  { from: 'waiting', event: 'respond', by: 'client', to: 'responded' },
  { from: 'waiting', event: 'expired', by: 'expiry', to: 'expired' },
  { from: 'waiting', event: 'withdrawn', by: 'end', to: 'withdrawn' },
  { from: 'approved', event: 'begun', by: 'run', to: 'begun' },
  { from: 'approved', event: 'refused', by: 'run', to: 'refused' },
  // The run that brought the answer ended before it used the answer: the question waits again.
  { from: 'approved', event: 'not executed', by: 'end', to: 'waiting' },
  { from: 'rejected', event: 'not executed', by: 'end', to: 'waiting' },
  { from: 'responded', event: 'not executed', by: 'end', to: 'waiting' },
  // The run that should have told the agent ended before it did.
  { from: 'expired', event: 'expired', by: 'expiry', to: 'expired' },
  { from: 'begun', event: 'executed', by: 'run', to: 'executed' },
  { from: 'begun', event: 'failed', by: 'run', to: 'failed' },
]

/** State of a question about a tool call after an event; undefined if the event is not possible in the state `from`. */
export const nextApprovalState = (from: ApprovalState | undefined, event: ApprovalEvent): ApprovalState | undefined =>
  approvalTransitions.find((transition) => transition.from === from && transition.event === event)?.to

/**
 * State of a question about a tool call after all its events.
 *
 * @returns undefined if the list is empty, or if one of the events was not possible
 */
export function approvalState(events: readonly ApprovalEvent[]): ApprovalState | undefined {
  let state: ApprovalState | undefined
  for (const event of events) {
    state = nextApprovalState(state, event)
    if (state === undefined) return undefined
  }
  return state
}

/**
 * Events that the end of a run adds to a question about a tool call.
 *
 * @param pending whether the thread still shows the question
 */
export function eventsAtEnd(state: ApprovalState | undefined, pending: boolean): readonly ApprovalEvent[] {
  if (state === 'approved') return pending ? ['not executed'] : ['not executed', 'withdrawn']
  if (state === 'waiting') return pending ? [] : ['withdrawn']
  return pending && (state === 'rejected' || state === 'responded') ? ['not executed'] : []
}
