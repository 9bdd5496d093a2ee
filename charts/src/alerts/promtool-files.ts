import type { Environment } from '@hadal/platform/environment'
import { stringify } from 'yaml'
import type { Alert, AlertCase } from './alert.ts'
import { alerts } from './all.ts'
import { annotations, ruleGroups, ruleLabels } from './rule-groups.ts'

/**
 * The rules of an environment and the unit tests of all its alerts, as `promtool test rules tests.yaml` reads them from one folder.
 */
export function promtoolFiles(environment: Environment): {
  readonly 'rules.yaml': string
  readonly 'tests.yaml': string
} {
  return {
    'rules.yaml': stringify({ groups: ruleGroups(environment) }),
    'tests.yaml': stringify({
      rule_files: ['rules.yaml'],
      evaluation_interval: '1m',
      tests: alerts.flatMap((alert) =>
        Object.entries(alert.cases(environment)).map(([name, played]) => test(environment, alert, name, played)),
      ),
    }),
  }
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
