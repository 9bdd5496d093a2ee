import { isRecord } from '@hadal/platform/is-record'
import { type AgentServer, agentServerRequest } from './agent-server-request.ts'
import { callsOfThread, type WaitingCall } from './calls-of-thread.ts'

/** Number of threads per request. */
const pageSize = 100

/** Statuses in which a thread can have calls that wait: also after an error of a parallel call. */
const statuses = ['interrupted', 'error'] as const

/** Lists the calls that wait on all threads of a server: the thread that asked first, and its calls in the order of the thread. */
export async function waitingCalls(server: AgentServer): Promise<WaitingCall[]> {
  const calls = new Map<string, WaitingCall>()
  for (const status of statuses) {
    for (let offset = 0; ; offset += pageSize) {
      const page = await agentServerRequest(server, 'POST', '/threads/search', {
        status,
        limit: pageSize,
        offset,
        sort_by: 'created_at',
        sort_order: 'asc',
        select: ['thread_id', 'metadata', 'interrupts'],
      })
      const threads = Array.isArray(page) ? page.filter(isRecord) : []
      for (const call of threads.flatMap(callsOfThread)) calls.set(`${call.threadId} ${call.id}`, call)
      if (threads.length < pageSize) break
    }
  }
  const first = new Map<string, number>()
  for (const { threadId, since } of calls.values())
    first.set(threadId, Math.min(first.get(threadId) ?? Number.POSITIVE_INFINITY, since?.getTime() ?? 0))
  return [...calls.values()].toSorted((a, b) => (first.get(a.threadId) ?? 0) - (first.get(b.threadId) ?? 0))
}
