import * as fengari from 'fengari'
import { describe, expect, test } from 'vitest'
import { healthChecks } from './health-checks.ts'

const { lua, lauxlib, lualib, to_luastring } = fengari

/** What Argo CD would take the object for: its Lua runs as Argo CD runs it, with the object in `obj`. */
function health(kind: string, obj: unknown): { status: string; message: string } {
  const check = healthChecks()[`resource.customizations.health.${kind}`]
  if (check === undefined) throw new Error(`no health check for ${kind}`)
  const state = lauxlib.luaL_newstate()
  lualib.luaL_openlibs(state)
  const source = `${withoutLibraries}local function check(obj)\n${check}\nend\nlocal hs = check(${literal(obj)})\nreturn hs.status, hs.message`
  const loaded = lauxlib.luaL_loadstring(state, to_luastring(source))
  if (loaded !== lua.LUA_OK || lua.lua_pcall(state, 0, 2, 0) !== lua.LUA_OK)
    throw new Error(lua.lua_tojsstring(state, -1))
  return { status: lua.lua_tojsstring(state, -2), message: lua.lua_tojsstring(state, -1) }
}

/** Argo CD gives its scripts the basic functions and tables, and no more. */
const withoutLibraries = 'string, math, io, debug, coroutine, utf8 = nil\n'

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'nil'
  if (typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `{${value.map(literal)}}`
  return `{${Object.entries(value).map(([key, field]) => `[${JSON.stringify(key)}] = ${literal(field)}`)}}`
}

describe('health of an Application', () => {
  const application = 'argoproj.io_Application'
  const succeeded = { operationState: { phase: 'Succeeded' }, sync: { status: 'Synced' } }

  test('a new one is not healthy, so that the next wave waits', () => {
    expect(health(application, {}).status).toBe('Progressing')
    expect(health(application, { status: {} }).status).toBe('Progressing')
  })

  test('one that is healthy but not synced is not healthy: it has not made its objects yet', () => {
    const status = { health: { status: 'Healthy' }, sync: { status: 'OutOfSync' } }
    expect(health(application, { status }).status).toBe('Progressing')
  })

  test('one whose sync runs is not healthy', () => {
    const status = { ...succeeded, operationState: { phase: 'Running' }, health: { status: 'Healthy' } }
    expect(health(application, { status }).status).toBe('Progressing')
  })

  test('one whose sync failed is degraded, and says why', () => {
    const status = { operationState: { phase: 'Failed', message: 'quota exceeded' }, health: { status: 'Healthy' } }
    const found = health(application, { status })
    expect(found.status).toBe('Degraded')
    expect(found.message).toContain('quota exceeded')
  })

  test('a failed sync to an older commit says nothing once Git is what the cluster already was', () => {
    const failed = { phase: 'Failed', message: 'a port that there is not', syncResult: { revision: 'bad' } }
    const status = { operationState: failed, health: { status: 'Healthy' } }
    const synced = (revision: string) => ({ status: { ...status, sync: { status: 'Synced', revision } } })
    expect(health(application, synced('mended')).status).toBe('Healthy')
    expect(health(application, synced('bad')).status).toBe('Degraded')
    expect(
      health(application, { status: { ...status, sync: { status: 'OutOfSync', revision: 'mended' } } }).status,
    ).toBe('Degraded')
  })

  test('one whose sync is tried again is degraded, since the first try failed', () => {
    const operationState = { phase: 'Running', retryCount: 1, message: 'quota exceeded' }
    const found = health(application, { status: { operationState, sync: { status: 'OutOfSync' } } })
    expect(found.status).toBe('Degraded')
    expect(found.message).toContain('quota exceeded')
  })

  test('one that Argo CD can not compare is degraded, and says why', () => {
    const conditions = [{ type: 'ComparisonError', message: 'Service "deep-agents" is invalid' }]
    const found = health(application, {
      status: { ...succeeded, sync: { status: 'Unknown' }, health: { status: 'Healthy' }, conditions },
    })
    expect(found.status).toBe('Degraded')
    expect(found.message).toContain('Service "deep-agents" is invalid')
  })

  test.for(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing'])(
    'a synced one is %s when its objects are',
    (own) => {
      expect(health(application, { status: { ...succeeded, health: { status: own } } }).status).toBe(own)
    },
  )
})

describe('health of a Pooler', () => {
  const pooler = 'postgresql.cnpg.io_Pooler'

  test('it waits until the operator has reported', () => {
    expect(health(pooler, { spec: { instances: 2 } }).status).toBe('Progressing')
  })

  test('it is healthy once as many run as were asked for', () => {
    expect(health(pooler, { spec: { instances: 2 }, status: { instances: 1 } }).status).toBe('Progressing')
    expect(health(pooler, { spec: { instances: 2 }, status: { instances: 2 } }).status).toBe('Healthy')
  })
})

describe('health of a RedisCluster', () => {
  const redis = 'redis.redis.opstreelabs.in_RedisCluster'

  test('it waits until the operator has reported', () => {
    expect(health(redis, {}).status).toBe('Progressing')
  })

  test('it is healthy once the operator calls it ready, and says until then how far it is', () => {
    const reason = 'RedisCluster is bootstrapping'
    expect(health(redis, { status: { state: 'Bootstrap', reason } })).toEqual({
      status: 'Progressing',
      message: reason,
    })
    expect(health(redis, { status: { state: 'Ready', reason: 'RedisCluster is ready' } }).status).toBe('Healthy')
  })
})

describe('health of a SandboxWarmPool', () => {
  const pool = 'extensions.agents.x-k8s.io_SandboxWarmPool'

  test('it waits until the controller has reported', () => {
    expect(health(pool, { spec: { replicas: 2 } }).status).toBe('Progressing')
  })

  test('it is healthy once as many sandboxes are ready as were asked for', () => {
    expect(health(pool, { spec: { replicas: 2 }, status: { readyReplicas: 1 } })).toEqual({
      status: 'Progressing',
      message: '1 of 2 sandboxes are ready',
    })
    expect(health(pool, { spec: { replicas: 2 }, status: { readyReplicas: 2 } }).status).toBe('Healthy')
  })

  test('a pool that was asked for none is healthy without a count', () => {
    expect(health(pool, { spec: { replicas: 0 }, status: {} }).status).toBe('Healthy')
  })
})
