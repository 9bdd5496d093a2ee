import { recoveryResources } from '@hadal/platform/fixed-resources'
import { agentNames } from '@hadal/platform/names'
import { Construct } from 'constructs'
import { resourceRequirements } from '../../resource-requirements.ts'
import { agentPod } from './pod.ts'
import { RecoveryCronJob, type RecoveryProps } from './recovery-cron-job.ts'
import { jobVariables } from './variables.ts'

/** CronJob that writes a backup of the database to the bucket, and removes backups that are older than their retention. */
export class BackupCronJob extends Construct {
  constructor(scope: Construct, id: string, { environment, backup }: RecoveryProps) {
    super(scope, id)
    new RecoveryCronJob(this, 'cron-job', {
      name: agentNames.backup,
      part: 'backup',
      schedule: backup.archive.schedule,
      deadlineHours: 6,
      pod: agentPod(environment, {
        users: ['backup'],
        serviceAccountName: agentNames.backup,
        env: jobVariables(environment),
        resources: resourceRequirements(recoveryResources),
        container: { command: ['hadal-runtime', 'backup'] },
      }),
    })
  }
}
