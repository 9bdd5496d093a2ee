/**
 * What a question about a call can be. `waiting` asks a person. `approved`, `rejected` and `responded` were answered; `expired` was not, in time. `begun`
 * may have acted. `executed`, `failed`, `refused` and `withdrawn` are ends.
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

/** What happens to a question, in the audit's words; a decision counts by its kind. */
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
 * Who causes an event. `run`: the run that asks or executes. `client`: an answer, which comes with the run that resumes the thread. `expiry`: the look for
 * questions whose time is over. `end`: the end of any run of the thread, a state update, or the deletion of the thread.
 */
export type ApprovalCause = 'run' | 'client' | 'expiry' | 'end'

export interface ApprovalTransition {
  /** Undefined before the question was asked. */
  readonly from: ApprovalState | undefined
  readonly event: ApprovalEvent
  readonly by: ApprovalCause
  readonly to: ApprovalState
}

/** Every transition that there is. What is not here does not happen: an answer is refused, an event is not written. */
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
  // The run that should tell the agent ended before it did.
  { from: 'expired', event: 'expired', by: 'expiry', to: 'expired' },
  { from: 'begun', event: 'executed', by: 'run', to: 'executed' },
  { from: 'begun', event: 'failed', by: 'run', to: 'failed' },
]

/** @returns the state after the event, or undefined if the event can't happen in this state */
export const nextApprovalState = (from: ApprovalState | undefined, event: ApprovalEvent): ApprovalState | undefined =>
  approvalTransitions.find((transition) => transition.from === from && transition.event === event)?.to

/**
 * The state of a question after its events.
 *
 * @returns undefined if there are none, or if one of them could not happen
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
 * What the end of a run makes of a question.
 *
 * @param pending whether the thread still shows the question
 */
export function eventsAtEnd(state: ApprovalState | undefined, pending: boolean): readonly ApprovalEvent[] {
  if (state === 'approved') return pending ? ['not executed'] : ['not executed', 'withdrawn']
  if (state === 'waiting') return pending ? [] : ['withdrawn']
  return pending && (state === 'rejected' || state === 'responded') ? ['not executed'] : []
}
