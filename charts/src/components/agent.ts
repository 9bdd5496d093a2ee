import type { Construct } from 'constructs'
import { agentDeployments } from '../agent-deployments.ts'
import { ComponentChart } from '../component-chart.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import { BackupCronJob } from './agent/backup-cron-job.ts'
import { BatchClaim } from './agent/batch-volume.ts'
import { AgentDeployment } from './agent/deployment.ts'
import { DrillCronJob } from './agent/drill-cron-job.ts'
import { Exposure } from './agent/exposure.ts'
import { MigrationJob } from './agent/migration-job.ts'
import { AgentService } from './agent/service.ts'
import { AgentSettings } from './agent/settings.ts'
import { TrustedCertificates, trustedCertificatesFile } from './agent/trusted-certificates.ts'

/**
 * The agent server: its settings, the migration before it, its Deployments with their scalers and disruption budgets, its Service and the route to it,
 * and the CronJobs that back up its database and test the backups.
 */
export class Agent extends ComponentChart {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id, { environment })
    const { backup, batch, exposure } = environment
    const settings = new AgentSettings(this, 'settings', { environment })
    const certificates = trustedCertificatesFile(environment)
    if (certificates) new TrustedCertificates(this, 'trusted-certificates', { certificates })
    new MigrationJob(this, 'migration', { environment })
    if (batch.kind === 'volume') new BatchClaim(this, 'batch', { size: batch.size, storageClass: batch.class })
    new AgentService(this, 'service')
    if (exposure.kind !== 'internal') new Exposure(this, 'exposure', { exposure })
    for (const workload of agentDeployments(environment))
      new AgentDeployment(this, workload.part, { environment, settings, ...workload })
    if (backup.kind === 's3') {
      new BackupCronJob(this, 'backup', { environment, backup })
      new DrillCronJob(this, 'drill', { environment, backup })
    }
  }
}
