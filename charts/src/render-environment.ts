import type { Environment } from '@hadal/platform/environment'
import { type Component, components } from '@hadal/platform/names'
import { App, type Chart } from 'cdk8s'
import { Agent } from './components/agent.ts'
import { Argocd, type SyncedComponent } from './components/argocd.ts'
import { Observability } from './components/observability.ts'
import { Postgres } from './components/postgres.ts'
import { Redis } from './components/redis.ts'
import { Sandbox } from './components/sandbox.ts'
import { Secrets } from './components/secrets.ts'
import { Tenancy } from './components/tenancy.ts'
import { refuseWhatComesLater } from './not-yet.ts'
import type { KubernetesObject, RenderedObject } from './rendered-object.ts'
import { toYaml } from './to-yaml.ts'

type MakeChart = (app: App, id: string, environment: Environment) => Chart

/** What makes a component's objects. */
export const charts: Readonly<Record<SyncedComponent, MakeChart>> = {
  tenancy: (...from) => new Tenancy(...from),
  secrets: (...from) => new Secrets(...from),
  postgres: (...from) => new Postgres(...from),
  redis: (...from) => new Redis(...from),
  sandbox: (...from) => new Sandbox(...from),
  agent: (...from) => new Agent(...from),
  observability: (...from) => new Observability(...from),
}

/**
 * Every Kubernetes object of an environment that Argo CD shall own, by component and then by path. Pure: no network, no clock, no
 * credentials, nothing of the process.
 *
 * @throws {EnvironmentProblems} where a field is set to what no chart renders yet
 */
export function renderEnvironment(environment: Environment): readonly RenderedObject[] {
  refuseWhatComesLater(environment)
  const synced = components
    .filter((component) => component !== 'argocd')
    .map((component) => ({ component, objects: renderComponent(environment, component, charts[component]) }))
    .filter(({ objects }) => objects.length > 0)
  const names = synced.map(({ component }) => component)
  return [
    ...synced.flatMap(({ objects }) => objects),
    ...renderComponent(environment, 'argocd', (app, id) => new Argocd(app, id, environment, names)),
  ]
}

/** One `App` a component: the time of a shared one grows faster than its charts. */
function renderComponent(environment: Environment, component: Component, make: MakeChart): RenderedObject[] {
  const objects: KubernetesObject[] = make(new App(), component, environment).toJson()
  return objects
    .map((object): RenderedObject => {
      const { kind, metadata } = object
      return {
        component,
        kind,
        name: metadata.name,
        chartFile: `charts/src/components/${component}.ts`,
        object,
        path: `${component}/${kind}.${metadata.name}.yaml`,
        text: toYaml(object),
      }
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
