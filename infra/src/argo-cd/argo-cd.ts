import type { Environment } from '@hadal/platform/environment'
import * as k8s from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import { installRelease } from '../operators/install-release.ts'
import { ownedWhole } from '../owned-whole.ts'
import { installObjects } from './install-objects.ts'
import { type RepositoryCredential, repositorySecret } from './repository-secret.ts'

export interface ArgoCdArgs {
  readonly environment: Environment
  /** Manifests of Argo CD's release. Undefined if Argo CD is already installed. */
  readonly manifests: string | undefined
  readonly repository: RepositoryCredential<pulumi.Input<string>> | undefined
}

/** Component with Argo CD, if this stack installs it, and with the credential for the environment's Git repository. */
export class ArgoCd extends pulumi.ComponentResource {
  constructor(name: string, args: ArgoCdArgs, opts?: pulumi.ComponentResourceOptions) {
    super('hadal:argo-cd:ArgoCd', name, {}, opts)
    const { environment, manifests, repository } = args
    const installed = manifests === undefined ? [] : this.#install(environment, manifests)
    if (repository)
      new k8s.core.v1.Secret('repository', ownedWhole(repositorySecret(environment, repository)), {
        parent: this,
        dependsOn: installed,
      })
    this.registerOutputs({})
  }

  #install(environment: Environment, manifests: string): pulumi.Resource[] {
    const namespace = new k8s.core.v1.Namespace(
      'argocd',
      { metadata: { name: environment.cluster.argocdNamespace } },
      { parent: this },
    )
    const objects = installObjects(environment, manifests)
    return installRelease('argo-cd', objects, { parent: this, dependsOn: [namespace] })
  }
}
