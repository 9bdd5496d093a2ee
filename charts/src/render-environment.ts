import type { Environment } from '@hadal/platform/environment'
import { type Component, components } from '@hadal/platform/names'
import { App } from 'cdk8s'
import type { Construct } from 'constructs'
import type { ComponentChart } from './component-chart.ts'
import { Agent } from './components/agent.ts'
import { Argocd } from './components/argocd.ts'
import { Observability } from './components/observability.ts'
import { Postgres } from './components/postgres.ts'
import { Redis } from './components/redis.ts'
import { Sandbox } from './components/sandbox.ts'
import { Secrets } from './components/secrets.ts'
import { Tenancy } from './components/tenancy.ts'
import type { EnvironmentProps } from './environment-props.ts'
import type { KubernetesObject, RenderedObject } from './rendered-object.ts'
import { toYaml } from './to-yaml.ts'
import { type SyncedComponent, setWaves } from './waves.ts'

type ComponentChartClass = new (scope: Construct, id: string, props: EnvironmentProps) => ComponentChart

/** The chart class of each component. */
export const charts: Readonly<Record<SyncedComponent, ComponentChartClass>> = {
  tenancy: Tenancy,
  secrets: Secrets,
  postgres: Postgres,
  redis: Redis,
  sandbox: Sandbox,
  agent: Agent,
  observability: Observability,
}

/**
 * Renders every Kubernetes object of an environment that Argo CD owns, sorted by component and path. The function is pure: it uses no
 * network, clock, credentials or state of the process.
 */
export function renderEnvironment(environment: Environment): readonly RenderedObject[] {
  const synced = components
    .filter((component) => component !== 'argocd')
    .map((component) => ({ component, objects: renderComponent(environment, component) }))
    .filter(({ objects }) => objects.length > 0)
  const argocd = new Argocd(new App(), 'argocd', { environment, synced: synced.map(({ component }) => component) })
  return [...synced.flatMap(({ objects }) => objects), ...renderChart(argocd, 'argocd')]
}

/** Creates one `App` per component, because cdk8s validates and orders a whole App for each chart that it renders. */
function renderComponent(environment: Environment, component: SyncedComponent): RenderedObject[] {
  const chart = new charts[component](new App(), component, { environment })
  setWaves(chart, component)
  return renderChart(chart, component)
}

function renderChart(chart: ComponentChart, component: Component): RenderedObject[] {
  const objects: KubernetesObject[] = chart.toJson()
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
