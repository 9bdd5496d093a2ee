import type { Environment } from '@hadal/platform/environment'
import { afterAll, inject } from 'vitest'
import { applicationKind, applicationsOf, bootstrap, rootName, syncByHand, waitForSync } from './applications.ts'
import { argocdNamespace } from './argo-cd.ts'
import { Cluster } from './cluster.ts'
import { GitRepository } from './git-repository.ts'
import { loadConfigMap } from './metrics-server.ts'
import { waitUntil } from './wait-until.ts'

/** Connects a test file to the test cluster and its Git repository. The connection is closed after the file's tests. */
export function connect(): { readonly cluster: Cluster; readonly repository: GitRepository } {
  const cluster = new Cluster(inject('cluster'))
  afterAll(() => cluster.close())
  return { cluster, repository: new GitRepository(inject('repository')) }
}

/** Restores an environment to its state in the checkout, Synced and Healthy, so that the order of the test files does not matter. */
export async function deployed(
  { cluster, repository }: ReturnType<typeof connect>,
  name: string,
): Promise<Environment> {
  const environment = await environmentNamed(repository, name)
  await cluster.patch(loadConfigMap.kind, loadConfigMap.name, loadConfigMap.namespace, { data: null })
  const revision = repository.restore()
  await bootstrap(cluster, environment)
  const applications = await waitForSync(cluster, environment, revision)
  for (const { metadata, status } of applications)
    if (status?.operationState?.phase !== 'Succeeded') await syncByHand(cluster, metadata.name)
  return environment
}

export async function environmentNamed(repository: GitRepository, name: string): Promise<Environment> {
  const environment = (await repository.environments()).find((one) => one.name === name)
  if (!environment) throw new Error(`There is no environment "${name}".`)
  return environment
}

/** Removes an environment from the cluster with all its objects. */
export async function remove(cluster: Cluster, environment: Environment): Promise<void> {
  const applications = await applicationsOf(cluster, environment)
  // The root is deleted first, because it would recreate the others.
  const root = rootName(environment)
  await cluster.delete(applicationKind, root, argocdNamespace)
  for (const { metadata } of applications) await cluster.delete(applicationKind, metadata.name, argocdNamespace)
  await waitUntil(
    `the Applications of ${environment.name} to be gone`,
    async () => (await applicationsOf(cluster, environment)).length === 0,
    { within: 90, state: () => applicationsOf(cluster, environment) },
  )
  await cluster.delete('argoproj.io/v1alpha1/AppProject', root, argocdNamespace)
  await cluster.delete('v1/Namespace', environment.namespace)
  await waitUntil(
    `the namespace ${environment.namespace} to be gone`,
    async () => (await cluster.get('v1/Namespace', environment.namespace)) === undefined,
    { within: 90 },
  )
}

/** Commits the changes in the clone and waits until the cluster is synced to the commit. */
export async function merge(
  { cluster, repository }: ReturnType<typeof connect>,
  environment: Environment,
  message: string,
): Promise<string> {
  const revision = repository.commit(message)
  await waitForSync(cluster, environment, revision)
  return revision
}
