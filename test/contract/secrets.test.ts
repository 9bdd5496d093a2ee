import { renderEnvironment } from '@hadal/charts/render-environment'
import { madeSecrets } from '@hadal/charts/validate/made'
import { subjectOf } from '@hadal/charts/validate/subject-of'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { secretsOf } from '@hadal/platform/secret-table'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const environments = await loadEnvironments(root)

test.each(environments)('every Secret and key of the secret table is created in $name', (environment) => {
  const made = madeSecrets(subjectOf(environment, renderEnvironment(environment)))
  const missing = secretsOf(environment).filter(({ secret, key }) => !made.get(secret)?.has(key))
  expect(missing.map(({ reference }) => reference)).toEqual([])
})

test.each(environments)(
  'no rendered object of $name creates a Secret with another maker in the secret table',
  (environment) => {
    const subject = subjectOf(environment, renderEnvironment(environment))
    const rendered = madeSecrets({ ...subject, givenSecrets: new Map() })
    expect([...rendered.keys()].filter((name) => subject.givenSecrets.has(name))).toEqual([])
    const ofTable = new Set(secretsOf(environment).map(({ secret }) => secret as string))
    const stored = subject.objects.filter(({ kind }) => kind === 'ExternalSecret').map(({ name }) => name)
    expect(stored.filter((name) => !ofTable.has(name))).toEqual([])
  },
)
