import type { TestProject } from 'vitest/node'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The database `postgres` of an embedded PostgreSQL, as its superuser. */
    postgresUrl: string
  }
}

/** Vitest's global set-up of the integration tier: one real PostgreSQL for all test files, gone when they have ended. */
export default async function embeddedPostgres(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres()
  project.provide('postgresUrl', url)
  return stop
}
