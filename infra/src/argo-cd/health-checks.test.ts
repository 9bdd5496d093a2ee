import { healthChecks } from '@hadal/platform/argocd-health-checks'
import * as fengari from 'fengari'
import { describe, expect, test } from 'vitest'

const { lua, lauxlib, lualib, to_luastring } = fengari

/** Health of an object by its Lua script, which runs as in Argo CD: with the object in `obj`. */
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

/** Opens only the libraries that Argo CD gives its scripts: basic functions and tables. */
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

  test('a new Application is progressing, so that the next wave waits', () => {
    expect(health(application, {}).status).toBe('Progressing')
    expect(health(application, { status: {} }).status).toBe('Progressing')
  })

  test('a healthy Application that is not synced is progressing, because its objects do not exist yet', () => {
    const status = { health: { status: 'Healthy' }, sync: { status: 'OutOfSync' } }
    expect(health(application, { status }).status).toBe('Progressing')
  })

  test('an Application with a running sync is progressing', () => {
    const status = { ...succeeded, operationState: { phase: 'Running' }, health: { status: 'Healthy' } }
    expect(health(application, { status }).status).toBe('Progressing')
  })

  test('an Application with a failed sync is degraded, with the reason', () => {
    const status = { operationState: { phase: 'Failed', message: 'quota exceeded' }, health: { status: 'Healthy' } }
    const found = health(application, { status })
    expect(found.status).toBe('Degraded')
    expect(found.message).toContain('quota exceeded')
  })

  test('a failed sync to an older commit is ignored once the cluster equals Git', () => {
    const failed = { phase: 'Failed', message: 'a port that there is not', syncResult: { revision: 'bad' } }
    const status = { operationState: failed, health: { status: 'Healthy' } }
    const synced = (revision: string) => ({ status: { ...status, sync: { status: 'Synced', revision } } })
    expect(health(application, synced('mended')).status).toBe('Healthy')
    expect(health(application, synced('bad')).status).toBe('Degraded')
    expect(
      health(application, { status: { ...status, sync: { status: 'OutOfSync', revision: 'mended' } } }).status,
    ).toBe('Degraded')
  })

  test('an Application with a retried sync is degraded', () => {
    const operationState = { phase: 'Running', retryCount: 1, message: 'quota exceeded' }
    const found = health(application, { status: { operationState, sync: { status: 'OutOfSync' } } })
    expect(found.status).toBe('Degraded')
    expect(found.message).toContain('quota exceeded')
  })

  test('an Application that Argo CD can not compare is degraded, with the reason', () => {
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

  test('is progressing until the operator has reported', () => {
    expect(health(pooler, { spec: { instances: 2 } }).status).toBe('Progressing')
  })

  test('is healthy when all requested instances run', () => {
    expect(health(pooler, { spec: { instances: 2 }, status: { instances: 1 } }).status).toBe('Progressing')
    expect(health(pooler, { spec: { instances: 2 }, status: { instances: 2 } }).status).toBe('Healthy')
  })
})

describe('health of a RedisCluster', () => {
  const redis = 'redis.redis.opstreelabs.in_RedisCluster'

  test('is progressing until the operator has reported', () => {
    expect(health(redis, {}).status).toBe('Progressing')
  })

  test('is healthy when its state is Ready, and shows its state until then', () => {
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

  test('is progressing until the controller has reported', () => {
    expect(health(pool, { spec: { replicas: 2 } }).status).toBe('Progressing')
  })

  test('is healthy when all requested sandboxes are ready', () => {
    expect(health(pool, { spec: { replicas: 2 }, status: { readyReplicas: 1 } })).toEqual({
      status: 'Progressing',
      message: '1 of 2 sandboxes are ready',
    })
    expect(health(pool, { spec: { replicas: 2 }, status: { readyReplicas: 2 } }).status).toBe('Healthy')
  })

  test('is healthy without a count if no sandboxes are requested', () => {
    expect(health(pool, { spec: { replicas: 0 }, status: {} }).status).toBe('Healthy')
  })
})
