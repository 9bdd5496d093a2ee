import { isRecord } from '@hadal/platform/is-record'

/** A tool call that waits for an approval, as the server shows it. */
export interface WaitingCall {
  /** Id of the call's own interrupt, by which it can be answered alone. */
  readonly id: string
  readonly digest: string
  readonly threadId: string
  /** Name of the graph that the thread's last run executed. */
  readonly agent: string
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
  readonly description: string
  /** Decisions that the server accepts. */
  readonly decisions: readonly string[]
  readonly because: string | undefined
  /** When the call asked. */
  readonly since: Date | undefined
  readonly expiresAt: Date | undefined
}

const recordsOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function timeOf(value: unknown): Date | undefined {
  const time = new Date(textOf(value))
  return Number.isNaN(time.getTime()) ? undefined : time
}

/** The calls that wait on one thread. Interrupts that the agent's author raised are not among them. */
export function callsOfThread(thread: Readonly<Record<string, unknown>>): WaitingCall[] {
  const interrupts = isRecord(thread.interrupts) ? Object.values(thread.interrupts).flatMap(recordsOf) : []
  return interrupts.flatMap(({ value }) => {
    if (!isRecord(value) || !isRecord(value.approval)) return []
    const actions = recordsOf(value.actionRequests)
    const reviews = recordsOf(value.reviewConfigs)
    const metadata = isRecord(thread.metadata) ? thread.metadata : {}
    return recordsOf(value.approval.calls).map((call, index): WaitingCall => {
      const action = actions[index] ?? {}
      const decisions = reviews[index]?.allowedDecisions
      return {
        id: textOf(call.id),
        digest: textOf(call.digest),
        threadId: textOf(thread.thread_id),
        agent: textOf(metadata.graph_id),
        tool: textOf(action.name),
        args: isRecord(action.args) ? action.args : {},
        description: textOf(action.description),
        decisions: Array.isArray(decisions) ? decisions.map(String) : [],
        because: textOf(call.because) || undefined,
        since: timeOf(call.askedAt),
        expiresAt: timeOf(call.expiresAt),
      }
    })
  })
}
