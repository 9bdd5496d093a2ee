import type { Environment } from '@hadal/platform/environment'
import { neededOperators, type OperatorName } from '@hadal/platform/operators/needed-operators'
import type { PinnedName } from '@hadal/platform/operators/operator-pins'
import { operatorNamespaces } from '@hadal/platform/schema/cluster'
import * as pulumi from '@pulumi/pulumi'
import { installRelease } from './install-release.ts'
import { releaseObjects } from './release-objects.ts'

export interface OperatorsArgs {
  readonly environment: Environment
  /** Manifests of the release of each needed operator. */
  readonly manifests: Readonly<Partial<Record<PinnedName, string>>>
}

/** Component with the operators that the environment needs. Empty if they are already installed. */
export class Operators extends pulumi.ComponentResource {
  constructor(name: string, { environment, manifests }: OperatorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('hadal:operators:Operators', name, {}, opts)
    let before: pulumi.Resource[] = []
    const namespaces = new Set<string>()
    for (const operator of neededOperators(environment)) {
      const text = manifests[operator]
      if (text === undefined)
        throw new Error(
          `The environment needs ${operator}, but its manifests were not passed. Add them to the argument "manifests".`,
        )
      const { writtenFor, namespace } = placeOf(environment, operator)
      const objects = releaseObjects(text, writtenFor, namespace)
      for (const { kind, metadata } of objects) if (kind === 'Namespace') namespaces.add(metadata.name)
      // A release for the namespace "default" and a rendered chart contain no Namespace, so one is added.
      const all = namespaces.has(namespace) ? objects : [namespaceObject(namespace), ...objects]
      namespaces.add(namespace)
      before = installRelease(operator, all, { parent: this, dependsOn: before })
    }
    this.registerOutputs({})
  }
}

const namespaceObject = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

/** Namespace in the manifests of a release, and namespace of its installation. They differ only for releases for "default". */
function placeOf({ cluster }: Environment, operator: OperatorName): { writtenFor: string; namespace: string } {
  switch (operator) {
    case 'prometheus-operator':
      return { writtenFor: 'default', namespace: cluster.monitoringNamespace }
    case 'external-secrets':
      return { writtenFor: 'default', namespace: 'external-secrets' }
    case 'cloudnative-pg':
    case 'plugin-barman-cloud':
      // The plugin must be in the namespace of the operator.
      return unmoved(operatorNamespaces.cloudNativePg)
    case 'redis-operator':
      return unmoved(operatorNamespaces.redisOperator)
    case 'cert-manager':
    case 'keda':
      return unmoved(operator)
  }
}

const unmoved = (namespace: string) => ({ writtenFor: namespace, namespace })
