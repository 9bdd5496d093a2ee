import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@langchain/langgraph-sdk'

/** How long a client retries while the servers reject its requests or are unavailable, in milliseconds. */
const patienceMs = 300_000

/**
 * Submits one run on a new thread while servers die. After a lost response, the client checks whether the run was accepted
 * before it submits again.
 *
 * @param client returns a client of a server that may be available
 */
export async function submitForSure(
  client: () => Client,
  graph: string,
  input: Readonly<Record<string, unknown>>,
): Promise<{ threadId: string; runId: string }> {
  const threadId = randomUUID()
  for (const end = Date.now() + patienceMs; ; await pause(300)) {
    try {
      await client().threads.create({ threadId, ifExists: 'do_nothing' })
      const [accepted] = await client().runs.list(threadId)
      if (accepted) return { threadId, runId: accepted.run_id }
      const { run_id } = await client().runs.create(threadId, graph, { input, streamMode: ['updates'] })
      return { threadId, runId: run_id }
    } catch (error) {
      if (Date.now() > end) throw new Error(`No server accepted a run within ${patienceMs} ms.`, { cause: error })
    }
  }
}
