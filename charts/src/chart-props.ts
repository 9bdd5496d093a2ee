import type { Environment } from '@hadal/platform/environment'
import { commonLabels } from '@hadal/platform/names'
import type { ChartProps } from 'cdk8s'

/** Namespace and labels of every object in a chart. An object's own metadata adds the labels of its part (`selectorLabels`). */
export const chartProps = (environment: Environment): ChartProps => ({
  namespace: environment.namespace,
  labels: commonLabels(environment),
})
