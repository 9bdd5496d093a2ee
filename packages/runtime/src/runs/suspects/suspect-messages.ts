import { z } from 'zod'
import { stopReasons } from '../active-run.ts'

/** Messages between a worker and the child process that runs a suspect, over their IPC channel. */

const Lease = z.object({ runId: z.string(), threadId: z.string(), attempt: z.number() })

/** Schema of the messages from the worker to the child process. */
export const WorkerMessage = z.discriminatedUnion('kind', [
  /** Execute this run, by the worker's lease. `childId` identifies the child process in the record of the attempt. */
  z.object({ kind: z.literal('run'), lease: Lease, childId: z.string() }),
  /** Stop in the middle of the step. */
  z.object({ kind: z.literal('stop'), reason: z.enum(stopReasons) }),
  /** Stop after the current step, and return the run to the queue. */
  z.object({ kind: z.literal('drain') }),
])
export type WorkerMessage = z.output<typeof WorkerMessage>

/** Schema of the messages from the child process to the worker. */
export const SuspectMessage = z.discriminatedUnion('kind', [
  /** The agents are loaded: the worker answers with the message `run`. */
  z.object({ kind: z.literal('ready') }),
  /** The attempt is over and its end is written. `ended` is set if the run is over. */
  z.object({
    kind: z.literal('finished'),
    ended: z.object({ status: z.string(), graphId: z.string(), seconds: z.number() }).optional(),
  }),
])
export type SuspectMessage = z.output<typeof SuspectMessage>
