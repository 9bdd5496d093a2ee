import type { ComparedEnvironment, Danger, DangerRule } from './compared.ts'
import { disruptionBudget } from './dangers/disruption-budget.ts'
import { fewerReplicas } from './dangers/fewer-replicas.ts'
import { imageDigest } from './dangers/image-digest.ts'
import { immutableFields } from './dangers/immutable-fields.ts'
import { lostSecrets } from './dangers/lost-secrets.ts'
import { newExposure } from './dangers/new-exposure.ts'
import { podSecurity } from './dangers/pod-security.ts'
import { pruneProtection } from './dangers/prune-protection.ts'
import { removedData } from './dangers/removed-data.ts'
import { shrunkStorage } from './dangers/shrunk-storage.ts'
import { tlsOff } from './dangers/tls-off.ts'
import { weakerAlerts } from './dangers/weaker-alerts.ts'
import { weakerBackups } from './dangers/weaker-backups.ts'
import { weakerLimits } from './dangers/weaker-limits.ts'
import { weakerSecurity } from './dangers/weaker-security.ts'
import { widerNetwork } from './dangers/wider-network.ts'
import { widerRights } from './dangers/wider-rights.ts'

/** All danger rules by their name in the JSON report, most severe first. To add one, write a file and add a line here. */
const rules = {
  'removed-data': removedData,
  'weaker-backups': weakerBackups,
  'shrunk-storage': shrunkStorage,
  'prune-protection': pruneProtection,
  'immutable-fields': immutableFields,
  'lost-secrets': lostSecrets,
  'tls-off': tlsOff,
  'new-exposure': newExposure,
  'wider-network': widerNetwork,
  'wider-rights': widerRights,
  'weaker-security': weakerSecurity,
  'pod-security': podSecurity,
  'image-digest': imageDigest,
  'fewer-replicas': fewerReplicas,
  'disruption-budget': disruptionBudget,
  'weaker-limits': weakerLimits,
  'weaker-alerts': weakerAlerts,
} as const satisfies Record<string, DangerRule>
export type DangerRuleName = 'removed-environment' | keyof typeof rules

/** Names of the danger rules, most severe first. */
export const dangerRuleNames: readonly DangerRuleName[] = [
  'removed-environment',
  ...Object.keys(rules),
] as DangerRuleName[]

export interface FoundDanger extends Danger {
  readonly rule: DangerRuleName
  /** Kind and name of the object, e.g. `Deployment deep-agents`; for a whole environment, its name. */
  readonly object: string
}

/** Finds the dangers in the changes of an environment, most severe first. */
export function findDangers(environment: ComparedEnvironment): readonly FoundDanger[] {
  // A new environment has nothing that could become weaker.
  if (environment.state === 'new') return []
  if (environment.state === 'removed') {
    const what = `The environment is removed with all its ${environment.before.length} objects.`
    const why = 'Its database is no longer managed, but its Pulumi stack and root Application still exist.'
    return [{ rule: 'removed-environment', object: environment.name, field: '', what, why }]
  }
  return Object.entries(rules).flatMap(([name, rule]: [string, DangerRule]) =>
    environment.objects.flatMap((object) =>
      rule(object, environment).map((danger) => ({
        rule: name as keyof typeof rules,
        object: `${object.kind} ${object.name}`,
        ...danger,
      })),
    ),
  )
}
