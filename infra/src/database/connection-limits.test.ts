import { defineEnvironment } from '@hadal/platform/define-environment'
import { soundInput } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { externalPostgres } from '../fixtures/external-environment.ts'
import { connectionLimits } from './connection-limits.ts'

const accepted = (maxConnections: number) => () =>
  defineEnvironment({ ...soundInput, postgres: { ...externalPostgres, maxConnections } })

test('at the least that an environment is accepted with, both roles have just what they need', () => {
  // Two pods, and twice as many while they roll: 30 pooled connections and a listener each, and the migration's one.
  const least = 4 * 31 + 1
  expect(accepted(least - 1)).toThrow('postgres.maxConnections')
  expect(connectionLimits(accepted(least)())).toEqual({
    database: least,
    owner: 1,
    application: least - 1,
    reader: 120,
  })
})

test("what is granted beyond that is the application's, and no role takes more than is granted", () => {
  const { application, owner, database, reader } = connectionLimits(accepted(200)())
  expect(application + owner).toBe(database)
  expect(database).toBe(200)
  expect(reader).toBeLessThanOrEqual(200)
})
