import { isRecovered } from '@hadal/platform/database-clusters'
import { jobResources } from '@hadal/platform/fixed-resources'
import { agentNames, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import { podLabels } from '../../pod-labels.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { agentPod } from './pod.ts'
import { jobVariables } from './variables.ts'

/** Job that migrates the database before the workloads roll. Migrations are forward-only and repeatable, so a second run does nothing. */
export class MigrationJob extends Construct {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id)
    new k8s.KubeJob(this, 'job', {
      metadata: {
        name: agentNames.migrate,
        labels: selectorLabels('migrate'),
        annotations: {
          'argocd.argoproj.io/hook': 'Sync',
          // A Job's template is immutable: the last one goes when the next one comes, and its log stays until then.
          'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        },
      },
      spec: {
        backoffLimit: 5,
        activeDeadlineSeconds: 900,
        template: {
          metadata: { labels: podLabels(this, 'migrate') },
          spec: {
            ...agentPod(environment, {
              // The migration settles a recovery, with the log of deletions in the storage of backups.
              users: isRecovered(environment) ? ['migrate', 'backup'] : ['migrate'],
              ...(isRecovered(environment) && { serviceAccountName: agentNames.backup }),
              env: jobVariables(environment),
              resources: resourceRequirements(jobResources),
              container: { command: ['hadal-runtime', 'migrate'] },
            }),
            restartPolicy: 'Never',
          },
        },
      },
    })
  }
}
