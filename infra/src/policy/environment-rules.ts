import type { Environment } from '@hadal/platform/environment'
import type { PolicyResource, Rule } from './policy-resource.ts'
import { dataIsKept } from './rules/data-is-kept.ts'
import { noSuperuser } from './rules/no-superuser.ts'
import { notArgoCds } from './rules/not-argo-cds.ts'
import { secretsStaySecret } from './rules/secrets-stay-secret.ts'
import { tlsOn } from './rules/tls-on.ts'
import { versionsPinned } from './rules/versions-pinned.ts'

const environmentRules = (environment: Environment): Readonly<Record<string, Rule>> => ({
  'no-superuser': noSuperuser,
  'secrets-stay-secret': secretsStaySecret,
  'not-argo-cds': notArgoCds(environment),
  'tls-on': tlsOn(environment),
  'data-is-kept': dataIsKept(environment),
  'versions-pinned': versionsPinned,
})

/** Checks a resource against all policy rules. Returns one sentence per violation, with the resource and the rule. */
export const policyProblems = (environment: Environment, resource: PolicyResource): string[] =>
  Object.entries(environmentRules(environment)).flatMap(([rule, check]) =>
    check(resource).map((sentence) => `${resource.type} "${resource.name}": ${sentence} (policy ${rule})`),
  )
