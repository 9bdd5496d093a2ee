import { Client } from '@langchain/langgraph-sdk'
import { PlainError } from '../plain-error.ts'
import { createRunView, type PendingInterrupt } from './run-view.ts'
import type { Terminal } from './terminal.ts'

const question = 'What is a checkpoint, and what is an interrupt?'

/** More rounds of approval than any sensible run needs: a model that asks for ever must not hold the command up. */
const mostRounds = 20

interface ActionRequest {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

const actionsOf = ({ value }: PendingInterrupt): readonly ActionRequest[] =>
  (value as { actionRequests?: readonly ActionRequest[] } | null)?.actionRequests ?? []

/** Every interrupt answered by its id, every call in it approved. */
const approveAll = (interrupts: readonly PendingInterrupt[]) =>
  Object.fromEntries(
    interrupts.map((interrupt) => [interrupt.id, { decisions: actionsOf(interrupt).map(() => ({ type: 'approve' })) }]),
  )

/**
 * One run of the researcher through the official client, shown as it streams. It approves what the run asks for, and
 * says so.
 * @returns the thread's id
 */
export async function demonstrate(terminal: Terminal, url: string): Promise<string> {
  const client = new Client({ apiUrl: url })
  const thread = await client.threads.create()
  const view = createRunView(terminal)
  view.note('thread', thread.thread_id)
  view.note('you', question)
  let next: { input?: Record<string, unknown>; command?: { resume: unknown } } = {
    input: { messages: [{ role: 'user', content: question }] },
  }
  for (let round = 0; round < mostRounds; round += 1) {
    const stream = client.runs.stream(thread.thread_id, 'researcher', {
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
      view.note('approval', `the run waits: may it ${name} ${args.file_path ?? args.command ?? ''}?`)
    }
    view.note('', terminal.style('yellow', 'A person decides this. Here the demonstration approves it.'))
    next = { command: { resume: approveAll(interrupts) } }
  }
  const state = await client.threads.getState<{ files?: Record<string, unknown> }>(thread.thread_id)
  const open = state.next.length > 0 ? `still at ${state.next.join(', ')}` : 'finished'
  view.note('end', `the run is ${open}; its thread keeps`, Object.keys(state.values.files ?? {}))
  return thread.thread_id
}

/** What a start over existing data finds: how many threads there are from before. */
export async function countThreads(url: string): Promise<number> {
  return (await new Client({ apiUrl: url }).threads.count()) ?? 0
}
