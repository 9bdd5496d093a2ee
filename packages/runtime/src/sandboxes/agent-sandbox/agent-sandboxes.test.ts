import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeClaimsApi, startFakeClaimsApi } from '../fixtures/fake-claims-api.ts'
import { type FakeSandboxd, startFakeSandboxd } from '../fixtures/fake-sandboxd.ts'
import { contractLimits, sandboxContract } from '../fixtures/sandbox-contract.ts'
import { AgentSandboxes, type AgentSandboxesOptions } from './agent-sandboxes.ts'

let workFolder: string
let sandboxd: FakeSandboxd
let api: FakeClaimsApi
const opened: AgentSandboxes[] = []
const tenant = 'default'

beforeAll(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'fake-workspace-'))
  sandboxd = await startFakeSandboxd(workFolder)
  api = await startFakeClaimsApi('agents-dev', '127.0.0.1')
})
afterAll(async () => {
  await Promise.all(opened.map((sandboxes) => sandboxes.close()))
  await api.close()
  await sandboxd.close()
  await rm(workFolder, { recursive: true })
})

function sandboxesWith(options: Partial<AgentSandboxesOptions> = {}): AgentSandboxes {
  const sandboxes = new AgentSandboxes({
    kubernetes: { url: api.url, caFile: api.caFile, tokenFile: api.tokenFile },
    namespace: 'agents-dev',
    warmPool: 'sandbox',
    limits: contractLimits,
    workFolder,
    ports: sandboxd.ports,
    ...options,
  })
  opened.push(sandboxes)
  return sandboxes
}

sandboxContract('a sandbox of agent-sandbox’s fake', async (limits) => ({
  sandbox: await sandboxesWith({ limits }).of({ tenant, threadId: 'contract' }),
  workFolder,
}))

describe('a claim', () => {
  test('uses the warm pool, expires by itself, and contains neither tenant nor thread', async () => {
    const { id } = await sandboxesWith({ idleSeconds: 600 }).of({ tenant: 'acme', threadId: 'thread-1' })
    const claim = api.claims.get(id)
    expect(claim?.spec).toMatchObject({ warmPoolRef: { name: 'sandbox' }, lifecycle: { shutdownPolicy: 'Delete' } })
    const ends = Date.parse(claim?.spec.lifecycle.shutdownTime ?? '') - Date.now()
    expect(ends).toBeGreaterThan(500_000)
    expect(ends).toBeLessThanOrEqual(600_000)
    expect(JSON.stringify(claim)).not.toMatch(/acme|thread-1/)
  })

  test('is found by other replicas, and created once by concurrent requests', async () => {
    const scope = { tenant, threadId: 'shared' }
    const before = api.claims.size
    const all = await Promise.all(Array.from({ length: 4 }, () => sandboxesWith().of(scope)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(api.claims.size).toBe(before + 1)
  })

  test('is extended by use, but not while its expiry is far', async () => {
    const scope = { tenant, threadId: 'prolonged' }
    const sandboxes = sandboxesWith({ idleSeconds: 600 })
    const { id } = await sandboxes.of(scope)
    const patches = () => api.requests.filter((request) => request.startsWith('PATCH') && request.endsWith(id)).length
    await sandboxes.of(scope)
    expect(patches()).toBe(0)
    const lifecycle = api.claims.get(id)?.spec.lifecycle
    if (lifecycle) lifecycle.shutdownTime = new Date(Date.now() + 60_000).toISOString()
    await sandboxes.of(scope)
    expect(patches()).toBe(1)
    expect(Date.parse(lifecycle?.shutdownTime ?? '') - Date.now()).toBeGreaterThan(500_000)
  })

  test('is created again after its deletion, and deleted when released', async () => {
    const scope = { tenant, threadId: 'released' }
    const sandboxes = sandboxesWith()
    const { id } = await sandboxes.of(scope)
    await sandboxes.release(scope)
    await sandboxes.release(scope)
    expect(api.claims.has(id)).toBe(false)
    await sandboxes.of(scope)
    expect(api.claims.has(id)).toBe(true)
  })

  test('that is not ready in time fails with the message of the controller', async () => {
    const { status } = api
    api.status = () => ({
      conditions: [{ type: 'Ready', status: 'False', reason: 'SandboxNotReady', message: 'Insufficient cpu' }],
    })
    const refused = sandboxesWith({ readySeconds: 0.5 }).of({ tenant, threadId: 'waits' })
    await expect(refused).rejects.toThrow(/was not ready within 0.5 s \(SandboxNotReady: Insufficient cpu\)/)
    api.status = status
  })
})

describe('the Kubernetes API', () => {
  test('is called with the current token of the file', async () => {
    const sandboxes = sandboxesWith()
    await sandboxes.of({ tenant, threadId: 'token' })
    api.setToken('second-token')
    await sandboxes.of({ tenant, threadId: 'token' })
  })

  test('that rejects a request is quoted in the error', async () => {
    const refused = sandboxesWith({ namespace: 'other' }).of({ tenant, threadId: 'x' })
    await expect(refused).rejects.toThrow("A sandbox claim can't be read: the Kubernetes API answers 403 forbidden")
  })

  test('with another certificate is rejected', async () => {
    const other = await startFakeClaimsApi('agents-dev', '127.0.0.1')
    const kubernetes = { url: api.url, caFile: other.caFile, tokenFile: api.tokenFile }
    const refused = sandboxesWith({ kubernetes }).of({ tenant, threadId: 'x' })
    await expect(refused).rejects.toThrow(/does not answer GET .*certificate/)
    await other.close()
  })

  test('and a lost sandbox give a plain error', async () => {
    const gone = sandboxesWith({ ports: { process: 1, files: 1 } })
    const sandbox = await gone.of({ tenant, threadId: 'gone' })
    await expect(sandbox.execute('true')).rejects.toThrow("The sandbox at 127.0.0.1:1 can't run a command")
    await expect(sandbox.downloadFiles([`${workFolder}/x`])).rejects.toThrow("can't be reached")
  })
})
