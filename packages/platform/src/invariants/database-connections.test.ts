import { describe, expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

/**
 * Input of an environment with a PostgreSQL configuration. It has two agent pods (four during a rollout), each with 30 pooled connections and
 * one listening connection, and a Job with one connection.
 */
const withPostgres = (postgres: object) => ({ ...soundInput, postgres })

describe('behind poolers', () => {
  const poolers = (maxClientConnections: number) =>
    withPostgres({ kind: 'cnpg', maxConnections: 2000, pooler: { maxClientConnections } })

  it('accepts exactly as many client connections as the poolers admit', () => {
    expect(sentencesAbout(poolers(60))).toEqual([])
  })

  it('rejects one client connection more', () => {
    expect(sentencesAbout(poolers(59))).toEqual([
      'postgres.pooler.maxClientConnections = 59: During a rollout, 4 agent pods with 30 pooled connections each can open 4 × 30 = 120 connections, but 2 poolers admit only 2 × 59 = 118. Raise it to at least 60, lower postgres.pool.size or postgres.pool.overflow, or let the agent scale out less.',
    ])
  })

  // During a rollout: three poolers of the primary and three of the replicas with 40 each, four listeners, one of the Job, five reserved.
  it('accepts a server with exactly the connections of poolers, listeners and the Job', () => {
    expect(sentencesAbout(withPostgres({ kind: 'cnpg', maxConnections: 250 }))).toEqual([])
  })

  it('rejects a server with one connection less', () => {
    expect(sentencesAbout(withPostgres({ kind: 'cnpg', maxConnections: 249 }))).toEqual([
      "postgres.maxConnections = 249: During a rollout, 6 poolers with 40 connections each, 4 agent pods with a listening connection each and the migration Job can open 6 × 40 + 4 + 1 = 245 connections, but of the server's 249 only 244 are available to them: 5 are reserved for superusers, an exporter and an administrator. Raise it to at least 250, lower postgres.pooler.serverConnections, or let the agent scale out less.",
    ])
  })
})

it('counts the connections of backups and drills', () => {
  const withBackups = (maxConnections: number) => ({
    ...withPostgres({ kind: 'cnpg', maxConnections }),
    backup: { kind: 's3', bucket: 'backups' },
  })
  expect(sentencesAbout(withBackups(254))).toEqual([])
  expect(sentencesAbout(withBackups(253))).toEqual([
    "postgres.maxConnections = 253: During a rollout, 6 poolers with 40 connections each, 4 agent pods with a listening connection each and the Jobs of migrations, backups and drills can open 6 × 40 + 4 + 5 = 249 connections, but of the server's 253 only 248 are available to them: 5 are reserved for superusers, an exporter and an administrator. Raise it to at least 254, lower postgres.pooler.serverConnections, or let the agent scale out less.",
  ])
})

it('a database of one instance has no poolers in front of replicas', () => {
  expect(sentencesAbout(withPostgres({ kind: 'cnpg', instances: 1, maxConnections: 130 }))).toEqual([])
  expect(sentencesAbout(withPostgres({ kind: 'cnpg', instances: 1, maxConnections: 129 }))).toHaveLength(1)
})

describe('without a pooler', () => {
  it('accepts a standalone server with exactly the connections of pods and the Job, plus five reserved', () => {
    expect(sentencesAbout(withPostgres({ kind: 'standalone', maxConnections: 130 }))).toEqual([])
  })

  it('rejects a standalone server with one connection less', () => {
    expect(sentencesAbout(withPostgres({ kind: 'standalone', maxConnections: 129 }))).toEqual([
      "postgres.maxConnections = 129: During a rollout, 4 agent pods, each with 30 pooled connections and one listening connection, and the migration Job can open 4 × (30 + 1) + 1 = 125 connections, but of the server's 129 only 124 are available to them: 5 are reserved for superusers, an exporter and an administrator. Raise it to at least 130, lower postgres.pool.size or postgres.pool.overflow, or let the agent scale out less.",
    ])
  })

  const external = (maxConnections: number) =>
    withPostgres({ kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'], maxConnections })

  it('reserves no connections of an external server', () => {
    expect(sentencesAbout(external(125))).toEqual([])
    expect(sentencesAbout(external(124))).toHaveLength(1)
  })

  it('counts every workload at its maximum number of pods', () => {
    const split = {
      topology: 'split',
      api: { autoscaling: { kind: 'cpu', min: 2, max: 3 } },
      worker: { autoscaling: { kind: 'cpu', min: 2, max: 4 } },
    }
    const needed = (2 * 3 + 2 * 4) * 31 + 1
    expect(sentencesAbout({ ...external(needed), agent: split })).toEqual([])
    expect(sentencesAbout({ ...external(needed - 1), agent: split })).toHaveLength(1)
  })
})

describe('with sign-in, loops have a role of their own', () => {
  const signedIn = (postgres: object) => ({ ...withPostgres(postgres), access: { kind: 'api-keys' } })

  it('their connections are a part of the pool of each pod', () => {
    expect(sentencesAbout(signedIn({ kind: 'standalone', maxConnections: 130 }))).toEqual([])
    expect(sentencesAbout(signedIn({ kind: 'standalone', maxConnections: 129 }))).toHaveLength(1)
  })

  it('a pooler has connections of its own for each role', () => {
    expect(sentencesAbout(signedIn({ kind: 'cnpg', maxConnections: 262 }))).toEqual([])
    expect(sentencesAbout(signedIn({ kind: 'cnpg', maxConnections: 261 }))).toEqual([
      "postgres.maxConnections = 261: During a rollout, 6 poolers with 40 connections each and 12 of the loops, 4 agent pods with a listening connection each and the migration Job can open 6 × 40 + 12 + 4 + 1 = 257 connections, but of the server's 261 only 256 are available to them: 5 are reserved for superusers, an exporter and an administrator. Raise it to at least 262, lower postgres.pooler.serverConnections, or let the agent scale out less.",
    ])
  })

  it('counts no more of them than the poolers of the primary admit', () => {
    const pooler = { instances: 1, serverConnections: 1, maxClientConnections: 1000 }
    // Two poolers in front of the primary and two in front of the replicas, with one connection each and one for the loops at the primary.
    expect(sentencesAbout(signedIn({ kind: 'cnpg', maxConnections: 16, pooler }))).toEqual([])
    expect(sentencesAbout(signedIn({ kind: 'cnpg', maxConnections: 15, pooler }))).toHaveLength(1)
  })
})
