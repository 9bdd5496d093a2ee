import type { Environment } from '../environment.ts'
import { postgresNames } from '../names.ts'
import type { Problem } from '../problem.ts'

/**
 * Beginnings of the names of recovered Clusters that would give one object two owners: CloudNativePG names Services, ServiceAccounts and
 * PodDisruptionBudgets by the Cluster, and the poolers have such names too.
 */
const taken = ['postgres-pooler', 'postgres-primary']

/** Requires an archive for a recovery, and names of Clusters that nothing else has. */
export function databaseRecovery({ backup, postgres }: Environment): Problem[] {
  if (postgres.kind !== 'cnpg') return []
  const { recovered, recovery } = postgres
  const all = [
    ...recovered.map((one, index) => ({ ...one, path: `postgres.recovered[${index}]` })),
    ...(recovery ? [{ ...recovery, path: 'postgres.recovery' }] : []),
  ]
  const problems: Problem[] = []
  if (all.length > 0 && backup.kind === 'none')
    problems.push({
      path: all[0]?.path ?? '',
      allowed: 'A database is recovered from an archive of its write-ahead log, and backup.kind is "none".',
      remedy: 'Write backup: { kind: "s3", bucket: "…" } with the bucket of the archive.',
    })
  const names = new Set<string>([postgresNames.cluster])
  for (const { name, path, from } of all) {
    const refuse = (allowed: string, remedy: string) =>
      problems.push({ path: `${path}.name`, value: name, allowed, remedy })
    if (
      !name.startsWith('postgres-') ||
      taken.some((beginning) => name.startsWith(beginning)) ||
      name.endsWith('-primary')
    )
      refuse(
        'Must begin with "postgres-", but not with "postgres-pooler" or "postgres-primary", and not end with "-primary": objects of other Clusters and of the poolers have such names.',
        'Write a name such as "postgres-2".',
      )
    if (names.has(name))
      refuse(
        'Another Cluster has or had this name, and its archive. A Cluster that writes to the archive of another one destroys it.',
        'Write a name that no Cluster of this environment had.',
      )
    else if (from === name)
      refuse('The new Cluster would write to the archive that it reads.', 'Write another name, or another from.')
    names.add(name)
  }
  return problems
}
