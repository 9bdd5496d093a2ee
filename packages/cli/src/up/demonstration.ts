import { Client } from '@langchain/langgraph-sdk'
import { callsOfThread, type WaitingCall } from '../approvals/calls-of-thread.ts'
import { plainText } from '../approvals/plain-text.ts'
import { shortIds } from '../approvals/short-ids.ts'
import { PlainError } from '../plain-error.ts'
import { createRunView } from './run-view.ts'
import type { Terminal } from './terminal.ts'

const question = 'What is a checkpoint, and what is an interrupt?'

/** Maximum number of approval rounds, so that a model that requests approvals forever can't block the command. */
const mostRounds = 20

/** Approves all calls of a thread that wait, each by its id. */
const approveAll = (calls: readonly WaitingCall[]) =>
  Object.fromEntries(calls.map(({ id }) => [id, { decisions: [{ type: 'approve' }] }]))

/**
 * Name of the agent that the demonstration runs: `researcher`, or the first one of a server without it.
 *
 * @throws PlainError if the server has no agent
 */
export async function demonstratedAgent(url: string): Promise<string> {
  const names = (await new Client({ apiUrl: url }).assistants.search()).map(({ graph_id }) => graph_id).toSorted()
  const [first] = names
  if (first === undefined)
    throw new PlainError('packages/agents/langgraph.json names no agent. Add one: npx hadal new agent <name>')
  return names.includes('researcher') ? 'researcher' : first
}

/** Command that approves one call, to paste into a terminal. */
const approvalLine = (url: string, id: string): string => `npx hadal approvals approve ${id} --url ${url}`

/**
 * Runs an agent once through the official client and shows the stream. It approves all tool calls, and prints that it does and how a person would.
 *
 * @param url URL to which this process sends its requests
 * @param shownUrl URL of the server for the user's commands
 * @returns the thread's id
 */
export async function demonstrate(terminal: Terminal, url: string, shownUrl: string, agent: string): Promise<string> {
  const client = new Client({ apiUrl: url })
  const thread = await client.threads.create()
  const view = createRunView(terminal)
  view.note('thread', thread.thread_id)
  view.note('you', question)
  let next: { input?: Record<string, unknown>; command?: { resume: unknown } } = {
    input: { messages: [{ role: 'user', content: question }] },
  }
  for (let round = 0; round < mostRounds; round += 1) {
    const stream = client.runs.stream(thread.thread_id, agent, {
      ...next,
      streamMode: ['updates', 'messages-tuple'],
      streamSubgraphs: true,
    })
    for await (const event of stream) {
      if (event.event === 'error') {
        const { message } = event.data as { message?: string }
        throw new PlainError(`The run failed: ${message ?? JSON.stringify(event.data)}`)
      }
      view.show(event)
    }
    // A stream shows the calls that wait anew when one asks later; the thread has the last of them.
    const calls = callsOfThread({ ...(await client.threads.get(thread.thread_id)) })
    if (calls.length === 0) break
    const ids = shortIds(calls.map(({ id }) => id))
    calls.forEach(({ tool, args }, index) => {
      const about = plainText(String(args.file_path ?? args.command ?? ''))
      view.note('approval', `required for ${plainText(tool)} ${about}`, [approvalLine(shownUrl, ids[index] ?? '')])
    })
    view.note('', terminal.style('yellow', 'In production a person decides. This demonstration approves.'))
    next = { command: { resume: approveAll(calls) } }
  }
  const state = await client.threads.getState<{ files?: Record<string, unknown> }>(thread.thread_id)
  view.note('end', ...endOfRun(state.next, Object.keys(state.values.files ?? {})))
  return thread.thread_id
}

/** How the run ended, and the files in its thread. A model may answer without a file. */
export function endOfRun(next: readonly string[], files: readonly string[]): [first: string, rest: readonly string[]] {
  const open = next.length > 0 ? `still at ${next.join(', ')}` : 'finished'
  return files.length > 0
    ? [`the run is ${open}; files in its thread:`, files]
    : [`the run is ${open}. The model wrote no files; its answer is in the thread.`, []]
}

/** Number of threads in the database. It is greater than 0 if PostgreSQL was started with existing data. */
export async function countThreads(url: string): Promise<number> {
  return (await new Client({ apiUrl: url }).threads.count()) ?? 0
}
