import type { Client } from '@langchain/langgraph-sdk'

/** Ids that exist on the server, by the name of the path parameter. */
export type KnownValues = Readonly<
  Record<'thread_id' | 'run_id' | 'checkpoint_id' | 'assistant_id' | 'namespace', readonly string[]>
>

/** Graphs of the fixtures that are harmless with any input. */
const graphs = ['echo', 'questions', 'reader']

/** Creates threads in every state (empty, idle, and interrupted) and an assistant. */
export async function makeKnownValues({ assistants, threads, runs }: Client): Promise<KnownValues> {
  const empty = await threads.create({ metadata: { kind: 'empty' } })
  const idle = await threads.create({ metadata: { kind: 'idle' } })
  const waiting = await threads.create({ metadata: { kind: 'waiting' } })
  await runs.wait(idle.thread_id, 'echo', { input: { messages: [{ role: 'user', content: 'hello' }] } })
  await runs.wait(waiting.thread_id, 'questions', { input: { questions: ['why', 'when'] } })
  const made = await assistants.create({ graphId: 'echo', name: 'made', config: { configurable: { language: 'de' } } })
  const ids = [idle.thread_id, waiting.thread_id]
  const [histories, lists] = await Promise.all([
    Promise.all(ids.map((id) => threads.getHistory(id))),
    Promise.all(ids.map((id) => runs.list(id))),
  ])
  const checkpoints = histories.flat().flatMap(({ checkpoint }) => checkpoint.checkpoint_id ?? [])
  return {
    thread_id: [idle.thread_id, waiting.thread_id, empty.thread_id],
    run_id: lists.flat().map(({ run_id }) => run_id),
    checkpoint_id: checkpoints,
    namespace: ['echo', 'echo|echo'],
    assistant_id: [...graphs, made.assistant_id],
  }
}
