import type { ComparedEnvironment, Danger, DangerRule } from './compared.ts'
import { configurationDangers } from './configuration/configuration-dangers.ts'
import { type DangerRuleName, dangerRuleNames } from './danger-rule-names.ts'
import { disruptionBudget } from './dangers/disruption-budget.ts'
import { fewerReplicas } from './dangers/fewer-replicas.ts'
import { imageDigest } from './dangers/image-digest.ts'
import { immutableFields } from './dangers/immutable-fields.ts'
import { lostSecrets } from './dangers/lost-secrets.ts'
import { newExposure } from './dangers/new-exposure.ts'
import { podSecurity } from './dangers/pod-security.ts'
import { pruneProtection } from './dangers/prune-protection.ts'
import { removedApplication } from './dangers/removed-application.ts'
import { removedData } from './dangers/removed-data.ts'
import { shorterRetention } from './dangers/shorter-retention.ts'
import { shrunkStorage } from './dangers/shrunk-storage.ts'
import { tlsOff } from './dangers/tls-off.ts'
import { weakerAlerts } from './dangers/weaker-alerts.ts'
import { weakerBackups } from './dangers/weaker-backups.ts'
import { weakerLimits } from './dangers/weaker-limits.ts'
import { weakerSecurity } from './dangers/weaker-security.ts'
import { widerNetwork } from './dangers/wider-network.ts'
import { widerRights } from './dangers/wider-rights.ts'

/** Rules over objects by their name. To add one, write a file, add a line here and its name to `danger-rule-names.ts`. */
const rules = {
  'removed-data': removedData,
  'removed-application': removedApplication,
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
  'shorter-retention': shorterRetention,
  'fewer-replicas': fewerReplicas,
  'disruption-budget': disruptionBudget,
  'weaker-limits': weakerLimits,
  'weaker-alerts': weakerAlerts,
} as const satisfies Partial<Record<DangerRuleName, DangerRule>>

export interface FoundDanger extends Danger {
  readonly rule: DangerRuleName
  /** Kind and name of the object, e.g. `Deployment deep-agents`; `config.ts` for the configuration; for a whole environment, its name. */
  readonly object: string
}

/** Finds the dangers in the changes of an environment, most severe first. */
export function findDangers(environment: ComparedEnvironment): readonly FoundDanger[] {
  // A new environment has nothing that could become weaker.
  if (environment.state === 'new') return []
  if (environment.state === 'removed') return [removal(environment)]
  const found = [...configurationFindings(environment), ...objectFindings(environment)]
  return found.toSorted((a, b) => dangerRuleNames.indexOf(a.rule) - dangerRuleNames.indexOf(b.rule))
}

function removal({ name, before, renamedTo }: ComparedEnvironment): FoundDanger {
  const all = `The environment is removed with all its ${before.length} objects`
  return {
    rule: 'removed-environment',
    object: name,
    field: '',
    ...(renamedTo === undefined
      ? {
          what: `${all}.`,
          why: 'Its database is no longer managed, but its Pulumi stack and root Application still exist.',
        }
      : {
          what: `${all}, and the new environment ${renamedTo} has its namespace.`,
          why: 'The name of an environment is part of its Pulumi stack, its Applications and the paths in Git. Two root Applications would manage the same objects until the old stack is destroyed, which deletes the namespace.',
        }),
  }
}

function configurationFindings({ name, configuration }: ComparedEnvironment): FoundDanger[] {
  if (!configuration) return []
  const object = 'config.ts'
  if ('unread' in configuration) {
    const what = `The configuration of ${name} at the base can't be read: ${configuration.unread}.`
    const why = 'Only objects were compared. Review the diff of config.ts for dangers that no object shows.'
    return [{ rule: 'unread-configuration', object, field: '', what, why }]
  }
  return configurationDangers(configuration.before, configuration.after).map((danger) => ({ object, ...danger }))
}

function objectFindings(environment: ComparedEnvironment): FoundDanger[] {
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
