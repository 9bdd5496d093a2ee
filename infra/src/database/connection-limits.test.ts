import { defineEnvironment } from '@hadal/platform/define-environment'
import { soundInput } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { externalPostgres } from '../fixtures/external-environment.ts'
import { connectionLimits } from './connection-limits.ts'

const accepted = (maxConnections: number) => () =>
  defineEnvironment({ ...soundInput, access: { kind: 'api-keys' }, postgres: { ...externalPostgres, maxConnections } })

test('with the minimum of accepted connections, each role gets exactly what it needs', () => {
  // Two pods, and twice as many during a rollout, with 30 pooled connections, three of them for the loops, and a listener each; one connection of the
  // migration.
  const least = 4 * 31 + 1
  expect(accepted(least - 1)).toThrow('postgres.maxConnections')
  expect(connectionLimits(accepted(least)())).toEqual({
    database: least,
    owner: 1,
    application: 4 * 28,
    loops: 4 * 3,
    reader: 120,
  })
})

test('the application role gets all further connections, and no role exceeds the maximum', () => {
  const { application, loops, owner, database, reader } = connectionLimits(accepted(200)())
  expect(application + loops + owner).toBe(database)
  expect(database).toBe(200)
  expect(reader).toBeLessThanOrEqual(200)
})
