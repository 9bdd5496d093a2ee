import { type ApprovalRequest, isApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { inBothSpellings, isDecisionRequest } from './both-spellings.ts'
import { shownApproval, type WaitingCall } from './shown-approval.ts'

/** An interrupt of a graph, as LangGraph stores it. */
export interface PendingInterrupt {
  readonly id?: string
  readonly value?: unknown
}

/** A task of a graph's step, with its interrupts. */
export interface AskingTask {
  readonly id: string
  readonly interrupts: readonly PendingInterrupt[]
  /** Whether the task has no result yet, so that its interrupts wait for an answer. */
  readonly waits: boolean
}

/** Interrupts by the id of their task, in the order of the tasks. */
export type InterruptsByTask = Readonly<Record<string, readonly PendingInterrupt[]>>

const isApproval = ({ id, value }: PendingInterrupt): boolean => id !== undefined && isApprovalRequest(value)

/**
 * The interrupts that are not requests for an approval, as clients see them: those that the graph's author raised. A question of LangChain's
 * human-in-the-loop middleware also has the field names of Python.
 */
export const ownInterrupts = (interrupts: readonly PendingInterrupt[]): PendingInterrupt[] =>
  interrupts
    .filter((interrupt) => !isApproval(interrupt))
    .map((own) => (isDecisionRequest(own.value) ? { ...own, value: inBothSpellings(own.value) } : own))

const positionOf = ({ approval }: ApprovalRequest): number => approval.position ?? 0

/** The calls among a task's interrupts that wait for an approval, in the order of the calls in their message. */
function callsOf(interrupts: readonly PendingInterrupt[], closed: ReadonlySet<string>): WaitingCall[] {
  const calls = interrupts.flatMap(({ id, value }) => (id && isApprovalRequest(value) ? [{ id, request: value }] : []))
  return calls
    .filter(({ request }) => !closed.has(request.approval.digest))
    .toSorted((a, b) => positionOf(a.request) - positionOf(b.request))
}

const none: ReadonlySet<string> = new Set()

/**
 * All calls of a thread that wait for an approval, in their fixed order: by task, and in a task by the call's position in its message.
 *
 * @param closed digests of approval requests that were answered or withdrawn, although LangGraph still lists their interrupts
 */
export const waitingCalls = (interrupts: InterruptsByTask, closed: ReadonlySet<string> = none): WaitingCall[] =>
  Object.values(interrupts).flatMap((ofTask) => callsOf(ofTask, closed))

/**
 * Interrupts of each task as clients see them: the last task that waits has one interrupt for all calls that wait for an approval, and each task has
 * the interrupts that the graph's author raised in it.
 */
export function shownInterrupts(
  tasks: readonly AskingTask[],
  closed: ReadonlySet<string> = none,
): ReadonlyMap<string, readonly PendingInterrupt[]> {
  const calls = tasks.flatMap((task) => (task.waits ? callsOf(task.interrupts, closed) : []))
  const shown = shownApproval(calls)
  const asks = ({ waits, interrupts }: AskingTask): boolean =>
    waits && (ownInterrupts(interrupts).length > 0 || callsOf(interrupts, closed).length > 0)
  const last = tasks.findLast(asks)
  return new Map(
    tasks.map((task): [string, readonly PendingInterrupt[]] => {
      const own = ownInterrupts(task.interrupts)
      return [task.id, shown && task === last ? [...own, shown] : own]
    }),
  )
}

/**
 * Interrupts of the tasks of a subgraph, whose waiting calls the thread shows with those of all other tasks. Here each call has the id of its own
 * interrupt, by which a client can answer it.
 */
export const singleInterrupts = (
  tasks: readonly AskingTask[],
  closed: ReadonlySet<string> = none,
): ReadonlyMap<string, readonly PendingInterrupt[]> =>
  new Map(
    tasks.map((task): [string, readonly PendingInterrupt[]] => [
      task.id,
      [
        ...ownInterrupts(task.interrupts),
        ...(task.waits ? callsOf(task.interrupts, closed) : []).map((call) => ({
          id: call.id,
          value: shownApproval([call])?.value,
        })),
      ],
    ]),
  )

/** The pending interrupts of a thread as clients see them, by the id of their task. Tasks without an interrupt are left out. */
export function shownByTask(interrupts: InterruptsByTask, closed?: ReadonlySet<string>): InterruptsByTask {
  const tasks = Object.entries(interrupts).map(([id, ofTask]) => ({ id, interrupts: ofTask, waits: true }))
  return Object.fromEntries([...shownInterrupts(tasks, closed)].filter(([, shown]) => shown.length > 0))
}

/** The pending interrupts of a thread as clients see them, in one list. */
export const shownList = (interrupts: InterruptsByTask, closed?: ReadonlySet<string>): readonly PendingInterrupt[] =>
  Object.values(shownByTask(interrupts, closed)).flat()
