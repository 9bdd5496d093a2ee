import type { Environment } from '@hadal/platform/environment'
import { repositoryFileUrl } from '@hadal/platform/repository-file-url'
import type { Alert, AlertRule } from './alert.ts'
import { alerts } from './all.ts'
import type { AlertingRule, RuleGroup } from './rule.ts'
import { recordedEverySeconds, sloRules } from './slo-rules.ts'

/** The rule groups of an environment: the recorded ratios, then the alerts. */
export function ruleGroups(environment: Environment): RuleGroup[] {
  return [
    {
      name: 'slo',
      interval: `${recordedEverySeconds}s`,
      rules: [...sloRules(environment, 'run_failures'), ...sloRules(environment, 'request_failures')],
    },
    {
      name: 'alerts',
      rules: alertsOf(environment).flatMap((alert) =>
        alert.rules(environment).map((rule) => alertingRule(environment, alert, rule)),
      ),
    },
  ]
}

/** The alerts that apply to an environment. */
export const alertsOf = (environment: Environment): Alert[] =>
  alerts.filter(({ concerns }) => concerns === undefined || concerns(environment))

export function alertingRule(environment: Environment, alert: Alert, rule: AlertRule): AlertingRule {
  return {
    alert: alert.name,
    expr: rule.expr,
    ...(rule.for && { for: rule.for }),
    labels: ruleLabels(environment, rule),
    annotations: annotations(environment, alert),
  }
}

/** Labels of each alert, in addition to those of its series. Routes of Alertmanager can rely on them. */
export const ruleLabels = ({ name }: Environment, { severity, labels }: AlertRule): Record<string, string> => ({
  severity,
  environment: name,
  ...labels,
})

/** Annotations of an alert, with the URL of its runbook. If the URL is unknown, `runbook` is the runbook's path in the repository. */
export function annotations(
  { repository }: Environment,
  { name, summary, description }: Alert,
): Record<string, string> {
  const runbook = `docs/runbooks/${name}.md`
  const url = repositoryFileUrl(repository, runbook)
  return { summary, description, ...(url === undefined ? { runbook } : { runbook_url: url }) }
}
