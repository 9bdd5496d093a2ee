import { isDeepStrictEqual } from 'node:util'
import type { Environment } from '@hadal/platform/environment'
import type { ConfigurationDanger } from './configuration-danger.ts'
import { type ConfigurationLeaves, configurationLeaves } from './configuration-leaves.ts'
import type { FieldRule } from './field-rule.ts'
import { fieldRules } from './field-rules.ts'
import { lessCapacity } from './less-capacity.ts'
import { lostClients } from './lost-clients.ts'
import { lostDestinations } from './lost-destinations.ts'
import { otherCluster } from './other-cluster.ts'
import { otherModels } from './other-models.ts'
import { prices } from './prices.ts'
import { unprotected } from './unprotected.ts'

/** Finds the dangers in the changes of an environment's configuration that its rendered objects do not show. */
export function configurationDangers(before: Environment, after: Environment): readonly ConfigurationDanger[] {
  const rules = [unprotected, lessCapacity, otherModels, lostClients, lostDestinations, otherCluster, prices]
  return [...rules.flatMap((rule) => rule(before, after)), ...fieldDangers(before, after)]
}

function fieldDangers(before: Environment, after: Environment): ConfigurationDanger[] {
  const [old, fresh] = [configurationLeaves(before), configurationLeaves(after)]
  const paths = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (path) => !isDeepStrictEqual(old.get(path), fresh.get(path)),
  )
  return fieldRules.flatMap((rule) =>
    paths
      .filter((path) => rule.fields.some((field) => isAt(field, path)) && rule.when(old.get(path), fresh.get(path)))
      // A new variant may send data without TLS, so its fields count for that rule.
      .filter((path) => rule.rule === 'tls-off' || !isOfOtherVariant(path, old, fresh))
      .map((path) => fieldDanger(rule, path, old.get(path), fresh.get(path))),
  )
}

function fieldDanger({ rule, why }: FieldRule, field: string, before: unknown, after: unknown): ConfigurationDanger {
  return { rule, field, what: `It changes from ${valueText(before)} to ${valueText(after)}.`, why }
}

function valueText(value: unknown): string {
  if (value === undefined) return 'not set'
  if (typeof value !== 'string') return JSON.stringify(value)
  const lines = value.trim().split('\n').length
  return lines === 1 ? `"${value}"` : `a text of ${lines} lines`
}

/**
 * Whether a path belongs to a variant of a union that only one side has. The danger is then the change of the kind itself. A field that both variants
 * have, such as `agent.drainSeconds` beside `agent.topology`, does not count.
 */
function isOfOtherVariant(path: string, old: ConfigurationLeaves, fresh: ConfigurationLeaves): boolean {
  if (old.has(path) && fresh.has(path)) return false
  const parts = path.split('.')
  return parts.some((_, index) =>
    ['kind', 'topology'].some((key) => {
      const kind = [...parts.slice(0, index), key].join('.')
      return kind !== path && old.get(kind) !== fresh.get(kind)
    }),
  )
}

/** Whether a field's pattern matches a path. A `*` at the end matches several parts: the key of an annotation may contain dots. */
function isAt(field: string, path: string): boolean {
  const [wanted, parts] = [field.split('.'), path.replaceAll(/\[\d+\]/g, '[]').split('.')]
  const isLongEnough = wanted.at(-1) === '*' ? wanted.length <= parts.length : wanted.length === parts.length
  return isLongEnough && wanted.every((part, index) => part === '*' || part === parts[index])
}
