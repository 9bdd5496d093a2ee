import { commonLabels } from '@hadal/platform/names'
import { type ApiObject, Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import type { EnvironmentProps } from './environment-props.ts'

export interface ComponentChartProps extends EnvironmentProps {
  /** Namespace of the objects, by default the environment's. */
  readonly namespace?: string
}

/**
 * Base of every component's chart. It sets the namespace and the common labels of every object; an object's own metadata adds the labels
 * of its part (`selectorLabels`).
 */
export class ComponentChart extends Chart {
  constructor(scope: Construct, id: string, { environment, namespace = environment.namespace }: ComponentChartProps) {
    super(scope, id, { namespace, labels: commonLabels(environment) })
  }

  /**
   * Refuses an object without a name. cdk8s would derive the name from construct ids, so renaming a construct would replace the object.
   */
  override generateObjectName({ kind, node }: ApiObject): never {
    throw new Error(`${kind} at ${node.path} has no name. Give ${kind} at ${node.path} a metadata.name.`)
  }
}
