import { setTimeout as pause } from 'node:timers/promises'
import { wholeTenant } from '../../store/scope.ts'
import { ActiveRun, currentRun, type Loss } from '../active-run.ts'
import { attempt, type EndedRun, executeAttempt } from '../execute-attempt.ts'
import { type OpenRuns, openRuns, type RunsProgram } from '../open-runs.ts'
import { inScope } from '../runs-context.ts'
import { readStartedRun } from '../start-run.ts'
import { suspectConnections } from './suspect-connections.ts'
import { type SuspectMessage, WorkerMessage } from './suspect-messages.ts'

const lostByWorker: Loss = { reason: 'lease_late', detail: 'The worker of this child process lost the lease.' }

/** Maximum time in milliseconds for which a suspect's child process waits until the reason why it abandoned the run is recorded. */
const recordWithinMs = 5_000

/** The IPC channel of a child process to its worker. */
export interface WorkerChannel {
  send(message: SuspectMessage): Promise<void>
  onMessage(listener: (message: unknown) => void): void
}

/**
 * Executes one run in this child process, under the lease of the worker that started the process. Resolves when the end of the attempt is
 * written. The process claims no runs, listens on no port, and does not maintain the queue. A run that finishes a step returns to the queue.
 *
 * @param onOpen called when the services are open, before the run
 */
export async function executeSuspect(
  program: RunsProgram,
  channel: WorkerChannel,
  onOpen: (runs: OpenRuns) => void,
): Promise<void> {
  const runs = await openRuns(program, {
    applicationName: 'hadal suspect',
    connections: { size: 1, overflow: suspectConnections - 1 },
    listens: false,
    registers: false,
    removesIdleSandboxes: false,
  })
  onOpen(runs)
  try {
    const { active, childId } = await nextRun(channel)
    const ofTenant = inScope({ ...runs.context, instanceId: childId }, wholeTenant(active.lease.tenant))
    let ended: EndedRun | undefined
    const onEnd = (end: EndedRun): void => {
      ended = end
    }
    await currentRun.run(active, () =>
      attempt(active, ofTenant, async () => {
        const started = await readStartedRun(ofTenant, active.lease)
        if (started) await executeAttempt(ofTenant, { ...runs.attempts, onEnd }, active, started)
      }),
    )
    await Promise.race([active.recording, pause(recordWithinMs, undefined, { ref: false })])
    await channel.send({ kind: 'finished', ended })
  } finally {
    await runs.close()
  }
}

/** Requests a run from the worker over the IPC channel, and then applies the worker's messages to the run. */
async function nextRun(channel: WorkerChannel): Promise<{ active: ActiveRun; childId: string }> {
  const { promise, resolve } = Promise.withResolvers<{ active: ActiveRun; childId: string }>()
  let active: ActiveRun | undefined
  channel.onMessage((message) => {
    const { success, data } = WorkerMessage.safeParse(message)
    if (!success) return
    if (data.kind === 'run') {
      active = new ActiveRun(data.lease, () => lostByWorker, { drainsAfterStep: true })
      resolve({ active, childId: data.childId })
    } else if (data.kind === 'stop') active?.stop(data.reason)
    else active?.control.requestDrain('shutdown')
  })
  await channel.send({ kind: 'ready' })
  return promise
}
