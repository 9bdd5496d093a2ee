import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'

/** An alert is gone, wakes nobody any more, or fires later than it did. */
export const weakerAlerts: DangerRule = ({ kind, before, after }) => {
  if (kind !== 'PrometheusRule' || !before) return []
  const now = alertsOf(after)
  return [...alertsOf(before)].flatMap(([name, rule]): Danger[] => {
    const fresh = now.get(name)
    if (!fresh) return [{ field: name, what: `Alert ${name} is removed.`, why: 'What it watched goes unseen.' }]
    return weaker(rule, fresh).map((what) => ({
      field: name,
      what: `Alert ${name}: ${what}.`,
      why: 'It is heard later, by fewer people, or not at all.',
    }))
  })
}

/** The alerts by their name and what tells several rules of one name apart: their labels but for the severity. */
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
    ...(severity === 'page' && fresh !== 'page' ? [`its severity goes from page to ${fresh ?? 'none'}`] : []),
    ...(seconds(holds) > seconds(held) ? [`it waits ${holds} instead of ${held}`] : []),
    ...looserThresholds(textAt(before, 'expr') ?? '', textAt(after, 'expr') ?? ''),
  ]
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** Seconds of a duration in Prometheus' notation: `1h30m`. */
const seconds = (duration: string): number =>
  [...duration.matchAll(/(\d+)([smhdw])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  )

const comparison = /(>=?|<=?)\s*(?:bool\s+)?(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/g

/** Bounds that are harder to cross, told one by one where the expressions compare as often as they did. */
function looserThresholds(before: string, after: string): string[] {
  const old = [...before.matchAll(comparison)]
  const fresh = [...after.matchAll(comparison)]
  if (old.length !== fresh.length) return []
  return old.flatMap(([, operator = '', bound = ''], index) => {
    const [, newOperator, newBound = ''] = fresh[index] ?? []
    if (newOperator !== operator) return []
    const isLooser = operator.startsWith('>') ? Number(newBound) > Number(bound) : Number(newBound) < Number(bound)
    return isLooser ? [`its bound goes from ${operator} ${bound} to ${operator} ${newBound}`] : []
  })
}
