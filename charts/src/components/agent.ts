import type { Environment } from '@hadal/platform/environment'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import { addObject } from '../add-object.ts'
import { agentDeployments } from '../agent-deployments.ts'
import { batchClaim } from './agent/batch-volume.ts'
import { deployment } from './agent/deployment.ts'
import { disruptionBudget } from './agent/disruption-budget.ts'
import { exposure } from './agent/exposure.ts'
import { migrationJob } from './agent/migration-job.ts'
import { scaler } from './agent/scaler.ts'
import { service } from './agent/service.ts'
import { settings } from './agent/settings.ts'

/** The agent server: its settings, the migration before it, its Deployments with what scales and protects them, and the way to it. */
export class Agent extends Chart {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, { namespace: environment.namespace })
    const configuration = settings(environment)
    addObject(this, 'accounts', configuration)
    addObject(this, 'migration', migrationJob(environment))
    for (const claim of batchClaim(environment)) addObject(this, 'workloads', claim)
    addObject(this, 'workloads', service(environment))
    for (const manifest of exposure(environment)) addObject(this, 'workloads', manifest)
    for (const target of agentDeployments(environment)) {
      addObject(this, 'workloads', deployment(environment, target, configuration))
      for (const manifest of disruptionBudget(environment, target)) addObject(this, 'scalers', manifest)
      for (const manifest of scaler(environment, target)) addObject(this, 'scalers', manifest)
    }
  }
}
