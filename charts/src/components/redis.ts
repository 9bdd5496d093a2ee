import type { Construct } from 'constructs'
import { ComponentChart } from '../component-chart.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import { ClusterRedis } from './redis/cluster.ts'
import { StandaloneRedis } from './redis/standalone.ts'

/** Redis of an environment: a cluster of the redis-operator, one pod, or no objects if Redis is external. */
export class Redis extends ComponentChart {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id, { environment })
    const { redis } = environment
    if (redis.kind === 'cluster') new ClusterRedis(this, 'cluster', { environment, redis })
    if (redis.kind === 'standalone') new StandaloneRedis(this, 'standalone', { environment, redis })
  }
}
