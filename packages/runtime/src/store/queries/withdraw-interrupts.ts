import { newestFirst } from '../checkpoint-order.ts'
import type { Queryable } from '../transaction.ts'

/** A task of a graph, by the checkpoint namespace of the graph. */
interface EnclosingTask {
  readonly namespace: string
  readonly id: string
}

/** Returns the tasks in which a subgraph is executed, outermost first: a namespace is `node:task`, after that of the enclosing graph and `|`. */
export function enclosingTasks(namespace: string): readonly EnclosingTask[] {
  const parts = namespace.split('|')
  return parts.flatMap((part, index) => {
    const colon = part.lastIndexOf(':')
    return colon < 0 ? [] : [{ namespace: parts.slice(0, index).join('|'), id: part.slice(colon + 1) }]
  })
}

/**
 * Removes the interrupts that the enclosing graphs show for a subgraph whose state a client changed. The subgraph asked them in its former state, and
 * asks again when the thread goes on. Checkpoints that the thread has left keep their interrupts.
 */
export async function withdrawInterrupts(database: Queryable, threadId: string, namespace: string): Promise<void> {
  const tasks = enclosingTasks(namespace)
  await database.query(
    `DELETE FROM public.checkpoint_writes AS write USING unnest($2::text[], $3::text[]) AS task (namespace, id)
     WHERE write.thread_id = $1 AND write.checkpoint_ns = task.namespace AND write.task_id = task.id AND write.channel = '__interrupt__'
       AND write.checkpoint_id = (
         SELECT checkpoint_id FROM public.checkpoints WHERE thread_id = $1 AND checkpoint_ns = task.namespace
         ORDER BY ${newestFirst} LIMIT 1)`,
    [threadId, tasks.map((task) => task.namespace), tasks.map((task) => task.id)],
  )
}
