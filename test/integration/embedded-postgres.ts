import type { TestProject } from 'vitest/node'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the database `postgres` of an embedded PostgreSQL, for its superuser. */
    postgresUrl: string
  }
}

/** Vitest's global set-up of the integration tier: starts one real PostgreSQL for all test files, and stops it after them. */
export default async function embeddedPostgres(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres()
  project.provide('postgresUrl', url)
  return stop
}
