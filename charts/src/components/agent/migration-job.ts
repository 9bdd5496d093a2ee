import type { Environment } from '@hadal/platform/environment'
import { jobResources } from '@hadal/platform/fixed-resources'
import { agentNames, labels } from '@hadal/platform/names'
import type { Job } from 'kubernetes-types/batch/v1.d.ts'
import type { ManifestOf } from '../../manifest.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { agentPod } from './pod.ts'
import { migrationVariables } from './variables.ts'

/** Before the workloads roll: every table as the new image wants it. Forward-only and repeatable, so a second run does nothing. */
export function migrationJob(environment: Environment): ManifestOf<Job> {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: agentNames.migrate,
      labels: labels(environment, 'migrate'),
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
        metadata: { labels: labels(environment, 'migrate') },
        spec: {
          ...agentPod(environment, {
            name: agentNames.migrate,
            users: ['migrate'],
            env: migrationVariables(environment),
            resources: resourceRequirements(jobResources),
            container: { command: ['hadal-runtime', 'migrate'] },
          }),
          restartPolicy: 'Never',
        },
      },
    },
  }
}
