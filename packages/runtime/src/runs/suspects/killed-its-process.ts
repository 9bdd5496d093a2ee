import type { RunAttempt } from '../../store/queries/run-attempts.ts'
import type { RunError } from '../resting-thread.ts'
import { mostChildDeaths } from './suspicion-of.ts'

/** The error of a dead letter (a run that killed too many child processes). It lists the run's attempts since its newest checkpoint. */
export function killedItsProcess(run: {
  readonly attempts: readonly RunAttempt[]
  readonly checkpoint: string | null
}): RunError {
  const attempts = run.attempts.filter(({ checkpoint_at_start }) => checkpoint_at_start === run.checkpoint)
  const message =
    `This run killed ${mostChildDeaths} child processes that executed it alone, while their worker lived. ` +
    `It is not started again. Its attempts: ${attempts.map(sentence).join(' ')}`
  return { error: 'RunKilledItsProcess', message }
}

const sentence = ({ attempt, detail, instance_id, parent_id, reason, started_at }: RunAttempt): string => {
  const where = parent_id === null ? `process ${instance_id}` : `child process of ${parent_id}`
  return `(${attempt + 1}) ${started_at.toISOString()}, ${where}: ${reason ?? 'under way'}.${detail === null ? '' : ` ${detail}`}`
}
