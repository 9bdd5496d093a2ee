import type { Environment } from './environment.ts'

/** Whether the servers of an environment have an address of read replicas: `db-credentials/read-url`. */
export const hasReadReplicas = ({ postgres }: Pick<Environment, 'postgres'>): boolean =>
  postgres.kind === 'cnpg' ? postgres.instances > 1 : postgres.kind === 'external' && postgres.readHost !== undefined
