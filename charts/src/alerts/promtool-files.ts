import type { Environment } from '@hadal/platform/environment'
import { stringify } from 'yaml'
import type { Alert, AlertCase } from './alert.ts'
import { alertingRule, alertsOf, annotations, ruleGroups, ruleLabels } from './rule-groups.ts'

/**
 * The unit tests of all alerts of an environment, as `promtool test rules *.tests.yaml` reads them from one folder. Each plays its alert's rules
 * alone, with the recorded ratios: some cases are days long, and promtool evaluates every rule it is given every minute of them.
 */
export function promtoolFiles(environment: Environment): Readonly<Record<string, string>> {
  const [recorded] = ruleGroups(environment)
  const files = alertsOf(environment).map((alert) => {
    const rules = alert.rules(environment)
    // Only the burn rates read what is recorded.
    const reads = rules.some(({ expr }) =>
      recorded?.rules.some((rule) => 'record' in rule && expr.includes(rule.record)),
    )
    const group = { name: 'alerts', rules: rules.map((rule) => alertingRule(environment, alert, rule)) }
    return [
      [`${alert.name}.rules.yaml`, stringify({ groups: reads ? [recorded, group] : [group] })],
      [
        `${alert.name}.tests.yaml`,
        stringify({
          rule_files: [`${alert.name}.rules.yaml`],
          evaluation_interval: '1m',
          tests: Object.entries(alert.cases(environment)).map(([name, played]) =>
            test(environment, alert, name, played),
          ),
        }),
      ],
    ]
  })
  return Object.fromEntries(files.flat())
}

function test(environment: Environment, alert: Alert, name: string, { samples, at, firing }: AlertCase) {
  const rules = alert.rules(environment)
  return {
    name: `${alert.name}: ${name}`,
    interval: '1m',
    input_series: samples,
    alert_rule_test: [
      {
        eval_time: at,
        alertname: alert.name,
        exp_alerts: firing.map((labels, index) => ({
          // An alert of several rules names its expected alerts in their order.
          exp_labels: {
            ...labels,
            ...ruleLabels(environment, rules[index] ?? rules[0] ?? { expr: '', severity: 'page' }),
          },
          exp_annotations: annotations(alert),
        })),
      },
    ],
  }
}
