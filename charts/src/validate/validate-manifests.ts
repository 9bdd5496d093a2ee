import type { Environment } from '@hadal/platform/environment'
import { largestScaleOut } from '@hadal/platform/largest-scale-out'
import { unreleasedDigest } from '@hadal/platform/release'
import type { RenderedObject } from '../rendered-object.ts'
import type { ManifestProblem } from './manifest-problem.ts'
import { argocd } from './rules/argocd.ts'
import { cloudNativePg } from './rules/cloud-native-pg.ts'
import { containers } from './rules/containers.ts'
import { databaseArchives } from './rules/database-archives.ts'
import { disruptionBudgets } from './rules/disruption-budgets.ts'
import { hooks } from './rules/hooks.ts'
import { identity } from './rules/identity.ts'
import { images } from './rules/images.ts'
import { inlineSecrets } from './rules/inline-secrets.ts'
import { monitors } from './rules/monitors.ts'
import { networkCoverage } from './rules/network-coverage.ts'
import { objectReferences } from './rules/object-references.ts'
import { owners } from './rules/owners.ts'
import { podReferences } from './rules/pod-references.ts'
import { probes } from './rules/probes.ts'
import { quota } from './rules/quota.ts'
import { sandboxes } from './rules/sandboxes.ts'
import { scalers } from './rules/scalers.ts'
import { schema } from './rules/schema.ts'
import { secretFiles } from './rules/secret-files.ts'
import { selectors } from './rules/selectors.ts'
import { wildcards } from './rules/wildcards.ts'
import type { Rule } from './subject.ts'
import { subjectOf } from './subject-of.ts'

/** All validation rules except `quoting`, which parses every file twice and takes longer than all others; the contract tests run it. */
const rules: readonly Rule[] = [
  schema,
  identity,
  selectors,
  monitors,
  scalers,
  podReferences,
  objectReferences,
  secretFiles,
  argocd,
  images,
  containers,
  networkCoverage,
  inlineSecrets,
  probes,
  wildcards,
  sandboxes,
  disruptionBudgets,
  hooks,
  owners,
  cloudNativePg,
  databaseArchives,
]

/** Returns every problem of an environment's rendered objects, in the order of the objects, then of the rules. */
export function validateManifests(
  environment: Environment,
  objects: readonly RenderedObject[],
): readonly ManifestProblem[] {
  const subject = subjectOf(environment, objects)
  const order = new Map(objects.map((rendered, index) => [rendered, index]))
  return [...rules, quota(largestScaleOut(environment))]
    .flatMap((rule) => rule(subject))
    .toSorted((a, b) => (order.get(a.rendered) ?? 0) - (order.get(b.rendered) ?? 0))
    .map(({ rendered, field, problem, mend }) => ({
      environment: environment.name,
      component: rendered.component,
      file: `manifests/${rendered.path}`,
      field,
      problem,
      mend,
      chartFile: rendered.chartFile,
    }))
}

/** Whether the objects use the placeholder digest, as before the first release; `hadal check` reports it. */
export const hasNoReleaseYet = (objects: readonly RenderedObject[]): boolean =>
  objects.some(({ text }) => text.includes(unreleasedDigest))
