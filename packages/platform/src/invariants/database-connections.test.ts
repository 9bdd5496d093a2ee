import { describe, expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

/** Two agent pods, so four while they roll, each with 30 pooled connections and one that listens; one Job with one. */
const withPostgres = (postgres: object) => ({ ...soundInput, postgres })

describe('behind poolers', () => {
  const poolers = (maxClientConnections: number) =>
    withPostgres({ kind: 'cnpg', maxConnections: 2000, pooler: { maxClientConnections } })

  it('the pods may open just what the poolers admit', () => {
    expect(sentencesAbout(poolers(60))).toEqual([])
  })

  it('the pods may not open one more', () => {
    expect(sentencesAbout(poolers(59))).toEqual([
      'postgres.pooler.maxClientConnections = 59: 4 agent pods while all roll, with 30 pooled connections each, can open 120, and 2 poolers admit 118. Raise it to at least 60, lower postgres.pool.size or postgres.pool.overflow, or let the agent scale out less.',
    ])
  })

  // Three poolers of the primary and three of the replicas while they roll × 40, four listeners, one of the Job, five in reserve.
  it('the server may have just what poolers, listeners and the Job open', () => {
    expect(sentencesAbout(withPostgres({ kind: 'cnpg', maxConnections: 250 }))).toEqual([])
  })

  it('the server may not have one less', () => {
    expect(sentencesAbout(withPostgres({ kind: 'cnpg', maxConnections: 249 }))).toEqual([
      'postgres.maxConnections = 249: 6 poolers while they roll, with 40 connections each, 4 agent pods that listen and the migration Job can open 245, and 244 are for them. Raise it to at least 250, lower postgres.pooler.serverConnections, or let the agent scale out less.',
    ])
  })
})

it('one instance has no replicas, so no poolers in front of them', () => {
  expect(sentencesAbout(withPostgres({ kind: 'cnpg', instances: 1, maxConnections: 130 }))).toEqual([])
  expect(sentencesAbout(withPostgres({ kind: 'cnpg', instances: 1, maxConnections: 129 }))).toHaveLength(1)
})

describe('without a pooler', () => {
  it('a standalone server may have just what pods and the Job open, and five in reserve', () => {
    expect(sentencesAbout(withPostgres({ kind: 'standalone', maxConnections: 130 }))).toEqual([])
  })

  it('a standalone server may not have one less', () => {
    expect(sentencesAbout(withPostgres({ kind: 'standalone', maxConnections: 129 }))).toEqual([
      'postgres.maxConnections = 129: 4 agent pods while all roll, each with 30 pooled connections and one that listens, and the migration Job can open 125, and 124 are for them. Raise it to at least 130, lower postgres.pool.size or postgres.pool.overflow, or let the agent scale out less.',
    ])
  })

  const external = (maxConnections: number) =>
    withPostgres({ kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'], maxConnections })

  it('an external server grants all of its figure to this environment', () => {
    expect(sentencesAbout(external(125))).toEqual([])
    expect(sentencesAbout(external(124))).toHaveLength(1)
  })

  it('every workload counts at its largest', () => {
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
