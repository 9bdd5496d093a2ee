import type { Environment } from '@hadal/platform/environment'
import { neededOperators } from '@hadal/platform/operators/needed-operators'
import type { PinnedName } from '@hadal/platform/operators/operator-pins'
import * as k8s from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { ArgoCd } from './argo-cd/argo-cd.ts'
import { rootApplication } from './argo-cd/root-application.ts'
import { backupBucket } from './backup-bucket/backup-bucket.ts'
import { dataOptions } from './data-options.ts'
import { Database } from './database/database.ts'
import { namespaceOf } from './namespace.ts'
import { Operators } from './operators/operators.ts'
import { ownedWhole } from './owned-whole.ts'
import { enforcePolicy } from './policy/enforce-policy.ts'
import { Secrets } from './secrets/secrets.ts'
import { readStackConfiguration } from './stack-configuration.ts'
import { versionAliases } from './version-aliases.ts'

/** Function that returns the verified manifests of Argo CD or of an operator. */
export type ManifestSource = (name: PinnedName) => Promise<string>

/** Outputs of the stack: names of the created resources. None is a secret. */
export interface StackOutputs {
  readonly namespace: pulumi.Output<string>
  readonly rootApplication: pulumi.Output<string>
  readonly database?: pulumi.Output<string>
  readonly backupBucket?: pulumi.Output<string>
}

/**
 * Creates the resources of an environment that must exist before Argo CD can work, and finally the root Application, from which Argo CD creates
 * the rest.
 *
 * @param manifestSource returns the manifests of Argo CD and the operators that this stack installs
 */
export async function environmentStack(
  environment: Environment,
  manifestSource: ManifestSource,
): Promise<StackOutputs> {
  enforcePolicy(environment)
  const configuration = readStackConfiguration(environment)
  const managed = environment.cluster.operators === 'managed'
  const manifests = await fetched(managed ? ['argo-cd', ...neededOperators(environment)] : [], manifestSource)

  const cluster = new k8s.Provider('cluster', {
    context: configuration.context,
    enableServerSideApply: true,
    // Changed objects are updated in place. All have fixed names, so a replacement would delete the object first.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  })
  const inCluster = { providers: { kubernetes: cluster } }

  const operators = new Operators('operators', { environment, manifests }, inCluster)
  const argoCd = new ArgoCd(
    'argo-cd',
    { environment, manifests: manifests['argo-cd'], repository: configuration.repository },
    inCluster,
  )
  const namespace = new k8s.core.v1.Namespace('environment', ownedWhole(namespaceOf(environment)), {
    provider: cluster,
    ...dataOptions(environment),
  })
  const database =
    configuration.databaseAdmin &&
    new Database('database', {
      environment,
      admin: configuration.databaseAdmin,
      rotation: configuration.secrets.rotation.database,
    })
  const secrets = new Secrets(
    'secrets',
    { environment, ...configuration.secrets, databasePasswords: database?.passwords },
    { ...inCluster, dependsOn: [namespace, operators] },
  )
  const bucket = configuration.bucketAdmin && backupBucket(environment, configuration.bucketAdmin)

  // Created last, so that everything exists that the synced objects need.
  const application = rootApplication(environment)
  const root = new k8s.apiextensions.CustomResource('root-application', ownedWhole(application), {
    provider: cluster,
    aliases: versionAliases(application.apiVersion, application.kind),
    dependsOn: [operators, argoCd, namespace, secrets, ...(database ? [database] : []), ...(bucket ? [bucket] : [])],
  })

  return {
    namespace: namespace.metadata.name,
    rootApplication: root.metadata.apply(({ name = '' }) => name),
    ...(database && { database: database.database }),
    ...(bucket && { backupBucket: bucket.bucket }),
  }
}

async function fetched(
  names: readonly PinnedName[],
  manifestSource: ManifestSource,
): Promise<Partial<Record<PinnedName, string>>> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await manifestSource(name)] as const)))
}
