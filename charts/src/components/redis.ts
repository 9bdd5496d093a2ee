import type { Environment } from '@hadal/platform/environment'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import { addObject } from '../add-object.ts'
import { redisCluster } from './redis/cluster.ts'
import { standaloneRedis } from './redis/standalone.ts'

/** The accelerator: an operator's cluster, one pod, or, where somebody else runs it, nothing. */
export class Redis extends Chart {
  constructor(scope: Construct, id: string, environment: Environment) {
    const { namespace, redis } = environment
    super(scope, id, { namespace })
    const manifests =
      redis.kind === 'cluster'
        ? redisCluster(environment, redis)
        : redis.kind === 'standalone'
          ? standaloneRedis(environment, redis)
          : []
    for (const manifest of manifests) addObject(this, 'data', manifest)
  }
}
