import { ruleGroups } from '@hadal/charts/alerts/rule-groups'
import { dashboards } from '@hadal/charts/dashboards/all'
import { renderEnvironment } from '@hadal/charts/render-environment'
import { listAt, textAt } from '@hadal/charts/validate/read-json'
import type { Environment } from '@hadal/platform/environment'

export interface NamedQuery {
  /** Name of the rule, panel or manifest that contains the query. */
  readonly by: string
  readonly expr: string
}

/** All Prometheus queries of an environment, from rules, dashboards and autoscalers. Grafana's variables are replaced by values. */
export function queriesOf(environment: Environment): NamedQuery[] {
  const rules = ruleGroups(environment).flatMap(({ rules }) =>
    rules.map((rule) => ({ by: 'alert' in rule ? rule.alert : rule.record, expr: rule.expr })),
  )
  const panels = dashboards.flatMap(({ name, rows }) =>
    rows(environment).flatMap(({ pictures }) =>
      pictures.flatMap(({ title, queries }) => queries.map(({ expr }) => ({ by: `${name}: ${title}`, expr }))),
    ),
  )
  const scalers = renderEnvironment(environment)
    .filter(({ kind }) => kind === 'ScaledObject')
    .flatMap(({ object, path }) =>
      listAt(object, 'spec', 'triggers').map((trigger) => ({
        by: path,
        expr: textAt(trigger, 'metadata', 'query') ?? '',
      })),
    )
  return [...rules, ...panels, ...scalers].map(({ by, expr }) => ({
    by,
    expr: expr.replaceAll('$__rate_interval', '2m'),
  }))
}
