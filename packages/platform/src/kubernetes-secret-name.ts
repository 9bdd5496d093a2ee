import { servingCluster } from './database-clusters.ts'
import type { Environment } from './environment.ts'
import type { SecretName } from './secret-table.ts'

/** Name of the Kubernetes Secret of an entry of the secret table: the entry's own, except the CA of the database, which CloudNativePG names by its Cluster. */
export const kubernetesSecretName = (environment: Pick<Environment, 'postgres'>, secret: SecretName): string =>
  secret === 'postgres-ca' ? `${servingCluster(environment)}-ca` : secret
