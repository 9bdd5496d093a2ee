import { expect, test } from 'vitest'
import { sentencesAbout, soundEnvironment, soundInput } from '../fixtures/example-environment.ts'
import { secretsOf } from '../secret-table.ts'

const scheduled = (scheduling: object) => sentencesAbout({ ...soundInput, agent: { ...soundInput.agent, scheduling } })

test('nodes are chosen by labels and tolerations, and pods have a priority class', () => {
  const tolerations = [
    { operator: 'Equal', key: 'pool', value: 'agents', effect: 'NoSchedule' },
    { operator: 'Exists', key: 'example.com/spot' },
  ]
  expect(scheduled({ nodeSelector: { 'example.com/pool': 'agents' }, tolerations, priorityClassName: 'high' })).toEqual(
    [],
  )
})

test('a toleration without a key, a label that Kubernetes refuses and an invalid class are refused', () => {
  expect(scheduled({ tolerations: [{ operator: 'Exists' }] })[0]).toContain('agent.scheduling.tolerations[0].key')
  expect(scheduled({ tolerations: [{ operator: 'Equal', key: 'a' }] })[0]).toContain('tolerations[0].value: Missing.')
  expect(scheduled({ nodeSelector: { pool: 'a value' } })[0]).toContain('the value of a label')
  expect(scheduled({ nodeSelector: { 'a/b/c': 'x' } })[0]).toContain('agent.scheduling.nodeSelector')
  expect(scheduled({ priorityClassName: 'High' })[0]).toContain('the name of a PriorityClass')
})

test('an environment whose images need credentials has a Secret for them, and one with a workload identity has no keys for backups', () => {
  const references = (change: object) => secretsOf(soundEnvironment(change)).map(({ reference }) => reference)
  expect(references({ imagePullSecret: true })).toContain('registry-credentials/.dockerconfigjson')
  expect(references({})).not.toContain('registry-credentials/.dockerconfigjson')
  const backup = { kind: 's3', bucket: 'backups' }
  expect(references({ backup })).toContain('backup-credentials/access-key-id')
  const named = references({ backup: { ...backup, credentials: 'workload-identity' } })
  expect(named.filter((reference) => reference.startsWith('backup-credentials/'))).toEqual([])
})
