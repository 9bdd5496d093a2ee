import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { agentDeployments } from '../agent-deployments.ts'
import { partLabel } from '../alerts/metrics.ts'
import { ruleGroups } from '../alerts/rule-groups.ts'
import { rendered } from '../fixtures/rendered.ts'

const split = soundEnvironment({
  agent: { topology: 'split', api: { autoscaling: { kind: 'cpu' } }, worker: { autoscaling: { kind: 'cpu' } } },
})

test('Prometheus keeps the label of each agent pod that distinguishes the Deployments', () => {
  const labels = rendered(split, 'observability/PodMonitor.deep-agents.yaml', 'spec', 'podTargetLabels')
  expect(labels).toEqual(['app.kubernetes.io/component'])
  // prometheus-operator replaces every character that a label of Prometheus can't have.
  expect(['app.kubernetes.io/component'].map((label) => label.replaceAll(/[^a-zA-Z0-9_]/g, '_'))).toEqual([partLabel])
})

test.each([
  ['together', soundEnvironment()],
  ['split', split],
] as const)('with topology %s each Deployment has an alert of its own absence', (_, environment) => {
  const rules = ruleGroups(environment).flatMap((group) => group.rules)
  for (const { name, part } of agentDeployments(environment)) {
    const value = rendered(
      environment,
      `agent/Deployment.${name}.yaml`,
      'spec',
      'template',
      'metadata',
      'labels',
      'app.kubernetes.io/component',
    )
    expect(value).toBe(part)
    const own = rules.filter(({ expr }) => expr.startsWith('absent(up{') && expr.includes(`${partLabel}="${part}"`))
    expect(own, name).toHaveLength(1)
  }
})
