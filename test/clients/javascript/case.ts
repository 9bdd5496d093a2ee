import type { Client } from '@langchain/langgraph-sdk'

/** A server for the cases of a client: one process, or an address in front of several. */
export interface Served {
  readonly client: Client
  readonly url: string
}

/** A case of one method of the client. It has threads of its own, so cases may run on one server in any order. */
export type MethodCase = (served: Served) => Promise<void>

/** Cases by method, such as `threads.create`. */
export type MethodCases = Readonly<Record<string, MethodCase>>

export const say = (content: string) => ({ messages: [{ role: 'user', content }] })

/** Executes a run of the graph `echo` on a new thread. */
export async function talked({ client }: Served, content = 'hello') {
  const { thread_id: threadId } = await client.threads.create()
  let runId = ''
  const values = await client.runs.wait(threadId, 'echo', {
    input: say(content),
    onRunCreated: ({ run_id }) => {
      runId = run_id
    },
  })
  return { threadId, runId, values }
}

/** Starts a run that does not end by itself. */
export async function working({ client }: Served) {
  const { thread_id: threadId } = await client.threads.create()
  const input = { steps: 1, streamMs: 600_000 }
  const { run_id: runId } = await client.runs.create(threadId, 'steps', { input, streamMode: 'custom' })
  return { threadId, runId }
}

/** Asks two questions on a new thread, which waits for the answers. */
export async function asked({ client }: Served) {
  const { thread_id: threadId } = await client.threads.create()
  await client.runs.wait(threadId, 'questions', { input: { questions: ['One?', 'Two?'] } })
  return threadId
}
