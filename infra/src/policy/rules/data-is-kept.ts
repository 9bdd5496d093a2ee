import type { Environment } from '@hadal/platform/environment'
import type { PolicyResource, Rule } from '../policy-resource.ts'

/** What holds data, or without which data can't be read. */
const holding = new Set([
  'minio:index/s3Bucket:S3Bucket',
  'postgresql:index/database:Database',
  'postgresql:index/schema:Schema',
  'random:index/randomBytes:RandomBytes',
])

/**
 * In a protected environment what holds data is neither replaced nor deleted by Pulumi. In every environment a kind outlives the stack: with
 * its definition, all objects of the kind go, a database among them.
 */
export const dataIsKept =
  (environment: Environment): Rule =>
  (resource) => {
    const { type, protect, retainOnDelete } = resource
    if (type.endsWith(':CustomResourceDefinition') && !retainOnDelete)
      return ['retainOnDelete is off: with the definition, every object of its kind would go. Switch it on.']
    if (!environment.protected || !(holding.has(type) || isOwn(environment, resource))) return []
    return [
      ...(protect ? [] : ['protect is off, and it holds data of a protected environment. Switch it on.']),
      ...(retainOnDelete ? [] : ['retainOnDelete is off, and it holds data of a protected environment. Switch it on.']),
    ]
  }

/** The environment's namespace, with whose end every volume in it ends. */
function isOwn(environment: Environment, { type, props }: PolicyResource): boolean {
  const { name }: { name?: unknown } = props.metadata ?? {}
  return type === 'kubernetes:core/v1:Namespace' && name === environment.namespace
}
