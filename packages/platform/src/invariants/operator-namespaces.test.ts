import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const withCluster = (cluster: object) => sentencesAbout({ ...soundInput, cluster })

test('operators that are already installed can be in any namespace', () => {
  const operatorNamespaces = { cloudNativePg: 'openshift-operators', redisOperator: 'redis' }
  expect(withCluster({ operators: 'present', operatorNamespaces })).toEqual([])
})

test('operators that the stack installs have the namespaces in which it installs them', () => {
  expect(withCluster({ operators: 'managed' })).toEqual([])
  expect(withCluster({ operators: 'managed', operatorNamespaces: { redisOperator: 'redis' } })).toEqual([
    expect.stringMatching(/^cluster\.operatorNamespaces\.redisOperator = "redis": Must be "ot-operators" if/),
  ])
})
