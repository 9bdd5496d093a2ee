import { Client } from '@langchain/langgraph-sdk'
import { PlainError } from '../plain-error.ts'
import { createRunView, type PendingInterrupt } from './run-view.ts'
import type { Terminal } from './terminal.ts'

const question = 'What is a checkpoint, and what is an interrupt?'

/** Maximum number of approval rounds, so that a model that requests approvals forever can't block the command. */
const mostRounds = 20

interface ActionRequest {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

const actionsOf = ({ value }: PendingInterrupt): readonly ActionRequest[] =>
  (value as { actionRequests?: readonly ActionRequest[] } | null)?.actionRequests ?? []

/** Answer to all interrupts, by id, that approves every tool call. */
const approveAll = (interrupts: readonly PendingInterrupt[]) =>
  Object.fromEntries(
    interrupts.map((interrupt) => [interrupt.id, { decisions: actionsOf(interrupt).map(() => ({ type: 'approve' })) }]),
  )

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

/**
 * Runs an agent once through the official client and shows the stream. It approves all tool calls and prints that it does.
 *
 * @returns the thread's id
 */
export async function demonstrate(terminal: Terminal, url: string, agent: string): Promise<string> {
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
    const interrupts = view.takeInterrupts()
    if (interrupts.length === 0) break
    for (const { name, args } of interrupts.flatMap(actionsOf)) {
      view.note('approval', `required for ${name} ${args.file_path ?? args.command ?? ''}`)
    }
    view.note('', terminal.style('yellow', 'In production a person decides. This demonstration approves.'))
    next = { command: { resume: approveAll(interrupts) } }
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
