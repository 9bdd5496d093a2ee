import type { Environment } from '@hadal/platform/environment'
import * as pulumi from '@pulumi/pulumi'
import { installRelease } from './install-release.ts'
import { neededOperators, type OperatorName } from './needed-operators.ts'
import { releaseObjects } from './release-objects.ts'
import type { ReleaseName } from './releases.ts'

export interface OperatorsArgs {
  readonly environment: Environment
  /** The manifests of each release that is needed, as they were published. */
  readonly manifests: Readonly<Partial<Record<ReleaseName, string>>>
}

/** The operators that an environment needs, each only where it does, and where this stack installs them at all. */
export class Operators extends pulumi.ComponentResource {
  constructor(name: string, { environment, manifests }: OperatorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('hadal:operators:Operators', name, {}, opts)
    let before: pulumi.Resource[] = []
    for (const operator of neededOperators(environment)) {
      const text = manifests[operator]
      if (text === undefined) throw new Error(`The manifests of ${operator} were not given.`)
      const { writtenFor, namespace } = placeOf(environment, operator)
      const objects = releaseObjects(text, writtenFor, namespace)
      // A release that is written for "default" brings no namespace of its own.
      const all = writtenFor === namespace ? objects : [namespaceObject(namespace), ...objects]
      before = installRelease(operator, all, { parent: this, dependsOn: before })
    }
    this.registerOutputs({})
  }
}

const namespaceObject = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

/** The namespace that a release names, and the one that it gets. Only what is written for "default" is moved. */
function placeOf({ cluster }: Environment, operator: OperatorName): { writtenFor: string; namespace: string } {
  switch (operator) {
    case 'prometheus-operator':
      return { writtenFor: 'default', namespace: cluster.monitoringNamespace }
    case 'external-secrets':
      return { writtenFor: 'default', namespace: 'external-secrets' }
    case 'cloudnative-pg':
    case 'plugin-barman-cloud':
      // The plugin must stand beside the operator.
      return { writtenFor: 'cnpg-system', namespace: 'cnpg-system' }
    case 'cert-manager':
    case 'keda':
      return { writtenFor: operator, namespace: operator }
  }
}
