import type { Environment } from '@hadal/platform/environment'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import { addObject } from '../add-object.ts'
import { cloudNativePg } from './postgres/cloud-native-pg.ts'
import { standalonePostgres } from './postgres/standalone.ts'

/** The database: an operator's cluster, one pod, or, where somebody else runs it, nothing. */
export class Postgres extends Chart {
  constructor(scope: Construct, id: string, environment: Environment) {
    const { namespace, postgres } = environment
    super(scope, id, { namespace })
    const manifests =
      postgres.kind === 'cnpg'
        ? cloudNativePg(environment, postgres)
        : postgres.kind === 'standalone'
          ? standalonePostgres(environment, postgres)
          : []
    for (const manifest of manifests) addObject(this, 'data', manifest)
  }
}
