import { rootApplication } from '@hadal/infra/argo-cd/root-application'
import { kubernetesSecrets } from '@hadal/infra/kubernetes-secrets'
import { namespaceOf } from '@hadal/infra/namespace'
import type { Environment } from '@hadal/platform/environment'
import { argocdNames } from '@hadal/platform/names'
import { secretsOf } from '@hadal/platform/secret-table'
import { argocdNamespace } from './argo-cd.ts'
import type { Cluster, KubernetesObject } from './cluster.ts'
import { waitUntil } from './wait-until.ts'

export const applicationKind = 'argoproj.io/v1alpha1/Application'

export interface Application extends KubernetesObject {
  readonly spec: { readonly source: { readonly path: string } }
  readonly status?: {
    readonly sync?: { readonly status: string; readonly revision?: string }
    readonly health?: { readonly status: string; readonly message?: string }
    readonly operationState?: {
      readonly phase: string
      readonly message?: string
      readonly startedAt?: string
      readonly finishedAt?: string
      readonly syncResult?: { readonly resources?: readonly SyncedResource[] }
    }
    readonly conditions?: readonly { readonly type: string; readonly message: string }[]
    readonly resources?: readonly ManagedResource[]
  }
}

export interface ManagedResource {
  readonly group?: string
  readonly version: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  readonly status?: string
  readonly health?: { readonly status: string; readonly message?: string }
  readonly hook?: boolean
  /** Whether the object was removed from Git but Argo CD must not prune it. */
  readonly requiresPruning?: boolean
}

interface SyncedResource extends ManagedResource {
  readonly message?: string
}

/**
 * Creates the objects that Pulumi creates before Argo CD can work: the Namespace, the Secrets if `secrets.kind` is `pulumi`, and the root
 * Application.
 */
export async function bootstrap(cluster: Cluster, environment: Environment): Promise<void> {
  await cluster.apply(namespaceOf(environment), 'pulumi')
  for (const secret of kubernetesSecrets(environment, testValues(environment))) await cluster.apply(secret, 'pulumi')
  await cluster.apply(rootApplication(environment), 'pulumi')
}

function testValues(environment: Environment): Record<string, string> {
  if (environment.secrets.kind !== 'pulumi') return {}
  const keys = secretsOf(environment).filter(({ maker }) => maker === 'secrets')
  return Object.fromEntries(keys.map(({ reference }) => [reference, `test value of ${reference}`]))
}

export const rootName = (environment: Environment): string => argocdNames.root(environment)

/** Returns an environment's root Application and the Applications that it created. */
export async function applicationsOf(cluster: Cluster, environment: Environment): Promise<Application[]> {
  const all = await cluster.list<Application>(applicationKind, argocdNamespace)
  const root = rootName(environment)
  return all.filter(({ metadata }) => metadata.name === root || metadata.name.startsWith(`${root}-`))
}

/** Makes Argo CD compare an Application with Git now, as a webhook does. */
export async function refresh(cluster: Cluster, application: string): Promise<void> {
  const annotations = { [refreshAnnotation]: 'normal' }
  await cluster.patch(applicationKind, application, argocdNamespace, { metadata: { annotations } })
}

/** Annotation that requests a comparison of an Application with Git. Argo CD removes it when the comparison begins. */
const refreshAnnotation = 'argocd.argoproj.io/refresh'

/** Refreshes the Applications that were not yet compared with a commit: they were compared just before the commit, or were created just now. */
export async function refreshOld(
  cluster: Cluster,
  applications: readonly Application[],
  revision: string,
): Promise<void> {
  for (const { metadata, status } of applications)
    if (status?.sync?.revision !== revision && metadata.annotations?.[refreshAnnotation] === undefined)
      await refresh(cluster, metadata.name)
}

/** Waits until every Application of the environment is Synced, to this commit, and Healthy. */
export async function waitForSync(
  cluster: Cluster,
  environment: Environment,
  revision: string,
  within = 120,
): Promise<Application[]> {
  return await waitUntil(
    `every Application of ${environment.name} to be Synced and Healthy at ${revision.slice(0, 8)}`,
    async () => {
      const applications = await applicationsOf(cluster, environment)
      await refreshOld(cluster, applications, revision)
      return applications.length > 1 && applications.every((one) => isSettled(one, revision)) && applications
    },
    { within, state: async () => (await applicationsOf(cluster, environment)).map(summary) },
  )
}

/**
 * Syncs an Application on request (`argocd app sync`), even if nothing differs. After a failed or terminated sync, Argo CD does not heal the
 * Application until a sync has succeeded.
 */
export async function syncByHand(cluster: Cluster, application: string): Promise<void> {
  const state = async () =>
    (await cluster.get<Application>(applicationKind, application, argocdNamespace))?.status?.operationState
  const before = (await state())?.startedAt
  // Argo CD's times have whole seconds.
  await waitUntil('another second', () => before === undefined || Date.now() - Date.parse(before) > 1000)
  const operation = { initiatedBy: { username: 'a person' }, sync: { syncOptions: ['ServerSideApply=true'] } }
  await cluster.patch(applicationKind, application, argocdNamespace, { operation })
  await waitUntil(`the sync of ${application} to succeed`, async () => {
    const after = await state()
    return after?.startedAt !== before && after?.phase === 'Succeeded'
  })
}

/**
 * Terminates the running sync of an Application, as `argocd app terminate-op` does. A sync that waits for a hook or a retry would otherwise
 * continue for minutes.
 */
export async function endSync(cluster: Cluster, application: string): Promise<void> {
  const found = await cluster.get<Application>(applicationKind, application, argocdNamespace)
  if (found?.status?.operationState?.phase !== 'Running') return
  const status = { operationState: { phase: 'Terminating' } }
  await cluster.patch(applicationKind, application, argocdNamespace, { status })
}

function isSettled({ status }: Application, revision: string): boolean {
  return (
    status?.sync?.revision === revision &&
    status.sync.status === 'Synced' &&
    status.health?.status === 'Healthy' &&
    status.operationState?.phase !== 'Running'
  )
}

/** Summary of an Application's status, for an error message. */
export function summary({ metadata, status }: Application): string {
  const unhealthy = status?.resources
    ?.filter((resource) => resource.status !== 'Synced' || (resource.health && resource.health.status !== 'Healthy'))
    .map(
      ({ kind, name, status, health }) => `${kind} ${name} ${status} ${health?.status ?? ''} ${health?.message ?? ''}`,
    )
  return [
    metadata.name,
    status?.sync?.status,
    status?.sync?.revision?.slice(0, 8),
    status?.health?.status,
    status?.operationState?.phase,
    status?.operationState?.message,
    ...(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
    ...(unhealthy ?? []),
  ].join(' | ')
}
