import { commonLabels } from '@hadal/platform/names'
import { type ApiObject, Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import type { EnvironmentProps } from './environment-props.ts'

export interface ComponentChartProps extends EnvironmentProps {
  /** Namespace of the chart's objects. Default: the environment's namespace. */
  readonly namespace?: string
}

/**
 * Base class of every component's chart. It sets the namespace and the common labels of every object; the metadata of an object adds the
 * labels of its part (`selectorLabels`).
 */
export class ComponentChart extends Chart {
  constructor(scope: Construct, id: string, { environment, namespace = environment.namespace }: ComponentChartProps) {
    super(scope, id, { namespace, labels: commonLabels(environment) })
  }

  /** Rejects an object without a name. cdk8s would derive the name from construct ids, so that renaming a construct would replace the object. */
  override generateObjectName({ kind, node }: ApiObject): never {
    throw new Error(`${kind} at ${node.path} has no name. Give ${kind} at ${node.path} a metadata.name.`)
  }
}
