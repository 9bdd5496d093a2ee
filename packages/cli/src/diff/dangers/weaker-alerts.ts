import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'

/** Finds alerts that are removed, no longer page, or fire later. */
export const weakerAlerts: DangerRule = ({ kind, before, after }) => {
  if (kind !== 'PrometheusRule' || !before) return []
  const now = alertsOf(after)
  return [...alertsOf(before)].flatMap(([name, rule]): Danger[] => {
    const fresh = now.get(name)
    if (!fresh)
      return [
        {
          field: name,
          what: `Alert ${name} is removed.`,
          why: 'The condition that it detected is no longer reported.',
        },
      ]
    return weaker(rule, fresh).map((what) => ({
      field: name,
      what: `Alert ${name}: ${what}.`,
      why: 'The alert fires later, notifies fewer people, or does not fire.',
    }))
  })
}

/** The alerts by name and labels. The severity is left out, because it may change; the other labels distinguish rules of the same name. */
function alertsOf(object: KubernetesObject | undefined): ReadonlyMap<string, Json> {
  const rules = listAt(object, 'spec', 'groups').flatMap((group) => listAt(group, 'rules'))
  return new Map(
    rules.flatMap((rule): [string, Json][] => {
      const { severity: _, environment: __, ...labels } = recordAt(rule, 'labels')
      const name = textAt(rule, 'alert')
      return name === undefined ? [] : [[[name, ...Object.values(labels)].map(String).join(' '), rule]]
    }),
  )
}

function weaker(before: Json, after: Json): string[] {
  const [severity, fresh] = [textAt(before, 'labels', 'severity'), textAt(after, 'labels', 'severity')]
  const [held, holds] = [textAt(before, 'for') ?? '0s', textAt(after, 'for') ?? '0s']
  return [
    ...(severity === 'page' && fresh !== 'page' ? [`its severity changes from page to ${fresh ?? 'none'}`] : []),
    ...(seconds(holds) > seconds(held) ? [`it waits ${holds} instead of ${held}`] : []),
    ...looserThresholds(textAt(before, 'expr') ?? '', textAt(after, 'expr') ?? ''),
  ]
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** Converts a Prometheus duration such as `1h30m` to seconds. */
const seconds = (duration: string): number =>
  [...duration.matchAll(/(\d+)([smhdw])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  )

const comparison = /(>=?|<=?)\s*(?:bool\s+)?(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/g

/**
 * Thresholds in an alert's expression that became harder to reach. Empty if the number of comparisons changed, because they can't be paired
 * then.
 */
function looserThresholds(before: string, after: string): string[] {
  const old = [...before.matchAll(comparison)]
  const fresh = [...after.matchAll(comparison)]
  if (old.length !== fresh.length) return []
  return old.flatMap(([, operator = '', bound = ''], index) => {
    const [, newOperator, newBound = ''] = fresh[index] ?? []
    if (newOperator !== operator) return []
    const isLooser = operator.startsWith('>') ? Number(newBound) > Number(bound) : Number(newBound) < Number(bound)
    return isLooser ? [`its threshold changes from ${operator} ${bound} to ${operator} ${newBound}`] : []
  })
}
