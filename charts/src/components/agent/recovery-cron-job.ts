import type { Environment } from '@hadal/platform/environment'
import { type agentNames, type PodPart, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import { podLabels } from '../../pod-labels.ts'

export interface RecoveryProps extends EnvironmentProps {
  readonly backup: Extract<Environment['backup'], { kind: 's3' }>
}

export interface RecoveryCronJobProps {
  readonly name: (typeof agentNames)['backup' | 'drill']
  readonly part: Extract<PodPart, 'backup' | 'drill'>
  /** Cron schedule with five fields, in UTC. */
  readonly schedule: string
  /** Maximum duration of one run and its retry, in hours. */
  readonly deadlineHours: number
  readonly pod: k8s.PodSpec
}

/** CronJob of backups or of restore drills: at most one run at a time, with one retry. */
export class RecoveryCronJob extends Construct {
  constructor(scope: Construct, id: string, { name, part, schedule, deadlineHours, pod }: RecoveryCronJobProps) {
    super(scope, id)
    new k8s.KubeCronJob(this, 'cron-job', {
      metadata: { name, labels: selectorLabels(part) },
      spec: {
        schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        // A run that the controller misses, because it was away, begins up to an hour later.
        startingDeadlineSeconds: 3_600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          spec: {
            backoffLimit: 1,
            activeDeadlineSeconds: deadlineHours * 3_600,
            template: { metadata: { labels: podLabels(this, part) }, spec: { ...pod, restartPolicy: 'Never' } },
          },
        },
      },
    })
  }
}
