import type { Construct } from 'constructs'
import { ComponentChart } from '../component-chart.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import { CloudNativePg } from './postgres/cloud-native-pg.ts'
import { StandalonePostgres } from './postgres/standalone.ts'

/** PostgreSQL of an environment: a CloudNativePG Cluster, one pod, or no objects if the database is external. */
export class Postgres extends ComponentChart {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id, { environment })
    const { postgres } = environment
    if (postgres.kind === 'cnpg') new CloudNativePg(this, 'cloud-native-pg', { environment, postgres })
    if (postgres.kind === 'standalone') new StandalonePostgres(this, 'standalone', { environment, postgres })
  }
}
