import type { Environment } from '@hadal/platform/environment'
import type { PolicyResource, Rule } from '../policy-resource.ts'

/** Types of resources that hold data, or without which data can't be read. */
const holding = new Set([
  'minio:index/s3Bucket:S3Bucket',
  'postgresql:index/database:Database',
  'postgresql:index/schema:Schema',
  'random:index/randomBytes:RandomBytes',
])

/**
 * Rule: in a protected environment Pulumi must not replace or delete resources that hold data. In every environment CustomResourceDefinitions
 * must outlive the stack, because deleting one deletes all objects of its kind, such as databases.
 */
export const dataIsKept =
  (environment: Environment): Rule =>
  (resource) => {
    const { type, protect, retainOnDelete } = resource
    if (type.endsWith(':CustomResourceDefinition') && !retainOnDelete)
      return ['retainOnDelete is false: deleting the definition would delete every object of its kind. Set it to true.']
    if (!environment.protected || !(holding.has(type) || isOwn(environment, resource))) return []
    return [
      ...(protect ? [] : ['protect is false, but the resource holds data of a protected environment. Set it to true.']),
      ...(retainOnDelete
        ? []
        : ['retainOnDelete is false, but the resource holds data of a protected environment. Set it to true.']),
    ]
  }

/** Whether a resource is the environment's Namespace. Deleting it deletes every volume in it. */
function isOwn(environment: Environment, { type, props }: PolicyResource): boolean {
  const { name }: { name?: unknown } = props.metadata ?? {}
  return type === 'kubernetes:core/v1:Namespace' && name === environment.namespace
}
