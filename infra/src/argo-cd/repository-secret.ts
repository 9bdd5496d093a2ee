import type { Environment } from '@hadal/platform/environment'
import { argocdNames, commonLabels } from '@hadal/platform/names'

/** Credential with which Argo CD reads a private Git repository. */
export type RepositoryCredential<Value> =
  | { readonly username: string; readonly password: Value }
  | { readonly sshPrivateKey: Value }

/** Secret with the credential. Argo CD finds it by its label and matches it by the repository's address. */
export const repositorySecret = <Value>(environment: Environment, credential: RepositoryCredential<Value>) => ({
  apiVersion: 'v1' as const,
  kind: 'Secret' as const,
  metadata: {
    name: `${argocdNames.root(environment)}-repository`,
    namespace: environment.cluster.argocdNamespace,
    labels: { ...commonLabels(environment), 'argocd.argoproj.io/secret-type': 'repository' },
  },
  type: 'Opaque',
  stringData: { type: 'git', url: environment.repository.url, ...credential },
})
