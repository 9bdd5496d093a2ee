import * as pulumi from '@pulumi/pulumi'
import { beforeAll, expect, test } from 'vitest'
import { resolvedInputs } from './resolved-inputs.ts'

beforeAll(() => pulumi.runtime.setMocks({ call: () => ({}), newResource: () => ({ id: '', state: {} }) }))

test('resolves outputs and promises at any depth', async () => {
  const inputs = {
    plain: 1,
    output: pulumi.output('a'),
    promise: Promise.resolve('b'),
    nested: { list: [pulumi.output('c')] },
  }
  expect(await resolvedInputs(inputs)).toEqual({
    values: { plain: 1, output: 'a', promise: 'b', nested: { list: ['c'] } },
    secret: new Set(),
  })
})

test('an input that contains a secret is secret as a whole', async () => {
  const { values, secret } = await resolvedInputs({ open: 'a', stringData: { url: pulumi.secret('b') } })
  expect(values).toEqual({ open: 'a', stringData: { url: 'b' } })
  expect(secret).toEqual(new Set(['stringData']))
})

test('leaves out an input whose value is not known yet, and keeps that it is secret', async () => {
  const unknown = pulumi.output(pulumi.unknown)
  const { values, secret } = await resolvedInputs({
    known: pulumi.output('a'),
    later: unknown,
    nested: { field: unknown },
    hidden: pulumi.secret(unknown),
  })
  expect(Object.entries(values)).toEqual([['known', 'a']])
  expect(secret).toEqual(new Set(['hidden']))
})
