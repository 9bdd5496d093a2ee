import { renderEnvironment } from '@hadal/charts/render-environment'
import { listAt, textAt } from '@hadal/charts/validate/read-json'
import { recordedStack } from '@hadal/infra/fixtures/recorded-stack'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'

test('a stack installs operators in the namespaces from which the NetworkPolicies admit them', async () => {
  const environment = soundEnvironment({
    cluster: { operators: 'managed' },
    redis: { kind: 'cluster' },
    exposure: { kind: 'internal' },
  })
  const admitted = renderEnvironment(environment)
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ object }) => listAt(object, 'spec', 'ingress'))
    .flatMap((rule) => listAt(rule, 'from'))
    .flatMap((peer) => textAt(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name') ?? [])
  const { resources } = await recordedStack(environment)
  const installed = resources
    .filter(({ type, parent }) => type === 'kubernetes:core/v1:Namespace' && parent === 'operators')
    .map(({ inputs }) => textAt(JSON.parse(JSON.stringify(inputs)), 'metadata', 'name'))
  expect(new Set(admitted)).toEqual(new Set(['monitoring', 'cnpg-system', 'ot-operators']))
  expect(installed).toEqual(expect.arrayContaining([...new Set(admitted)]))
})
