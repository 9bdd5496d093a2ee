import { z } from 'zod'
import { stopReasons } from '../active-run.ts'

/** Messages between a worker and the child process that executes a suspect run, over their IPC channel. */

const Lease = z.object({ tenant: z.string(), runId: z.string(), threadId: z.string(), attempt: z.number() })

/** Schema of the messages from the worker to the child process. */
export const WorkerMessage = z.discriminatedUnion('kind', [
  /** Message: execute this run, by the worker's lease. `childId` identifies the child process in the record of the attempt. */
  z.object({ kind: z.literal('run'), lease: Lease, childId: z.string() }),
  /** Message: stop the run in the middle of its step. */
  z.object({ kind: z.literal('stop'), reason: z.enum(stopReasons) }),
  /** Message: stop the run after its current step, and return it to the queue. */
  z.object({ kind: z.literal('drain') }),
])
export type WorkerMessage = z.output<typeof WorkerMessage>

/** Schema of the messages from the child process to the worker. */
export const SuspectMessage = z.discriminatedUnion('kind', [
  /** Message: the agents are loaded. The worker answers it with the message `run`. */
  z.object({ kind: z.literal('ready') }),
  /** Message: the attempt is over and its end is written. `ended` is set if the run is over. */
  z.object({
    kind: z.literal('finished'),
    ended: z.object({ status: z.string(), graphId: z.string(), seconds: z.number() }).optional(),
  }),
])
export type SuspectMessage = z.output<typeof SuspectMessage>
