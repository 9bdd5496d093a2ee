import type { Environment } from '@hadal/platform/environment'
import { EnvironmentProblems, type Problem } from '@hadal/platform/problem'

interface Later {
  readonly path: string
  readonly value: unknown
  /** Supported value to use instead of one that no chart renders yet. */
  readonly now: string
}

/** Values that the schema of an environment allows but that no chart renders yet. */
function later(environment: Environment): Later[] {
  const { backup, postgres } = environment
  const found: Later[] = []
  if (backup.kind === 's3' && postgres.kind !== 'cnpg')
    found.push({
      path: 'backup.kind',
      value: backup.kind,
      now: `With postgres.kind "${postgres.kind}" use "none" and back up the database by its own means, or use "cnpg".`,
    })
  return found
}

/** Rejects an environment with values that no chart renders yet. @throws {EnvironmentProblems} with each field and the value to use instead */
export function refuseWhatComesLater(environment: Environment): void {
  const problems = later(environment).map(
    ({ path, value, now }): Problem => ({ path, value, allowed: 'This value is not rendered yet.', remedy: now }),
  )
  if (problems.length > 0)
    throw new EnvironmentProblems(`The environment ${environment.name} can't be rendered yet:`, problems)
}
