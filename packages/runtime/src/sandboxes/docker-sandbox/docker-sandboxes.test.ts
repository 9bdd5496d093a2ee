import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FakeEngine, startFakeEngine } from '../fixtures/fake-container-engine.ts'
import { contractLimits, sandboxContract } from '../fixtures/sandbox-contract.ts'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'
import { DockerSandboxes, type DockerSandboxesOptions } from './docker-sandboxes.ts'

let engine: FakeEngine
let workFolder: string
const opened: DockerSandboxes[] = []

beforeAll(async () => {
  engine = await startFakeEngine(['busybox'])
  workFolder = await mkdtemp(join(tmpdir(), 'fake-sandbox-'))
})
afterAll(async () => {
  await Promise.all(opened.map((sandboxes) => sandboxes.close()))
  await engine.close()
  await rm(workFolder, { recursive: true })
})

function sandboxesWith(options: Partial<DockerSandboxesOptions> = {}): DockerSandboxes {
  const made = { socketPath: engine.socketPath, image: 'busybox', workFolder, limits: contractLimits, ...options }
  const sandboxes = new DockerSandboxes(made)
  opened.push(sandboxes)
  return sandboxes
}
const tenant = 'default'

sandboxContract('a container of the fake engine', async (limits) => ({
  sandbox: await sandboxesWith({ limits }).of({ tenant, threadId: 'contract' }),
  workFolder,
}))

describe('a container', () => {
  test('has no network, a read-only root, no privileges, and limits', async () => {
    const limits = { memoryBytes: 64e6, cpus: 0.5, processes: 20, folderBytes: 1e6 }
    const sandbox = await sandboxesWith({ limits }).of({ tenant, threadId: 'limits' })
    expect(engine.containers.get(sandbox.id)?.spec).toMatchObject({
      User: '65534:65534',
      WorkingDir: workFolder,
      NetworkDisabled: true,
      HostConfig: {
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        Memory: 64e6,
        MemorySwap: 64e6,
        NanoCpus: 500_000_000,
        PidsLimit: 20,
      },
    })
  })

  test('is shared by concurrent requests, and found by the next process', async () => {
    const scope = { tenant, threadId: 'shared' }
    const before = engine.containers.size
    const all = await Promise.all([sandboxesWith().of(scope), ...Array.from({ length: 4 }, () => opened[0]?.of(scope))])
    expect(new Set(all.map((sandbox) => sandbox?.id)).size).toBe(1)
    expect(engine.containers.size).toBe(before + 1)
  })

  test('is another one for another image or other limits', async () => {
    const scope = { tenant, threadId: 'changed' }
    const limits = { ...contractLimits, memoryBytes: 1e8 }
    const ids = [await sandboxesWith().of(scope), await sandboxesWith({ limits }).of(scope)].map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
  })

  test('belongs to one tenant and one thread', async () => {
    const sandboxes = sandboxesWith()
    const scopes = [
      { tenant: 'a', threadId: 'b' },
      { tenant: 'a', threadId: 'c' },
      { tenant: 'c', threadId: 'b' },
      { tenant: 'a","b', threadId: '' },
    ]
    const ids = await Promise.all(scopes.map(async (scope) => (await sandboxes.of(scope)).id))
    expect(new Set(ids).size).toBe(4)
  })

  test('is replaced after it stopped, and removed when released', async () => {
    const sandboxes = sandboxesWith()
    const scope = { tenant, threadId: 'stopped' }
    const { id } = await sandboxes.of(scope)
    const first = engine.containers.get(id)
    if (first) first.running = false
    await sandboxes.of(scope)
    expect(engine.containers.get(id)).not.toBe(first)
    expect(engine.containers.get(id)?.running).toBe(true)
    await sandboxes.release(scope)
    await sandboxes.release(scope)
    expect(engine.containers.has(id)).toBe(false)
  })

  test('is removed after its idle time, but not while a command runs in it', async () => {
    const sandboxes = sandboxesWith({ idleSeconds: 600, limits: contractLimits })
    const idle = await sandboxes.of({ tenant, threadId: 'idle' })
    const busy = await sandboxes.of({ tenant, threadId: 'busy' })
    const command = busy.execute('while [ ! -e go ]; do sleep 0.05; done')
    await sandboxes.removeIdle(Date.now() + 601_000)
    expect(engine.containers.has(idle.id)).toBe(false)
    expect(engine.containers.has(busy.id)).toBe(true)
    // A shorter command at the same time does not make it idle.
    await busy.execute('true')
    await sandboxes.removeIdle(Date.now() + 601_000)
    expect(engine.containers.has(busy.id)).toBe(true)
    await (await sandboxes.of({ tenant, threadId: 'other' })).execute('touch go')
    expect((await command).exitCode).toBe(0)
    await sandboxes.removeIdle(Date.now() + 601_000)
    expect(engine.containers.has(busy.id)).toBe(false)
  })

  test('is kept by a process that does not remove idle ones, such as the child process of a worker', async () => {
    const [own, other] = [await startFakeEngine(['busybox']), await startFakeEngine(['busybox'])]
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const child = sandboxesWith({ idleSeconds: 0, removesIdle: false, socketPath: own.socketPath })
      const worker = sandboxesWith({ idleSeconds: 0, socketPath: other.socketPath })
      const kept = await child.of({ tenant, threadId: 'of a suspect' })
      // The sandboxes of the worker's engine show that there was time to remove it.
      for (const threadId of ['first', 'second', 'third']) {
        const removed = await worker.of({ tenant, threadId })
        await vi.advanceTimersByTimeAsync(5_000)
        await vi.waitFor(() => expect(other.containers.has(removed.id)).toBe(false), { timeout: 20_000 })
      }
      expect(own.containers.has(kept.id)).toBe(true)
    } finally {
      vi.useRealTimers()
      await Promise.all([own.close(), other.close()])
    }
  })

  test('of an earlier process is also removed after its idle time', async () => {
    const { id } = await sandboxesWith().of({ tenant, threadId: 'earlier' })
    const next = sandboxesWith({ idleSeconds: 600 })
    await next.removeIdle()
    expect(engine.containers.has(id)).toBe(true)
    await next.removeIdle(Date.now() + 601_000)
    expect(engine.containers.has(id)).toBe(false)
  })
})

describe('without', () => {
  test('an engine, the error names its socket', async () => {
    const sandboxes = sandboxesWith({ socketPath: '/nonexistent/engine.sock' })
    const refused = sandboxes.of({ tenant, threadId: 'x' })
    await expect(refused).rejects.toThrow(SandboxUnavailable)
    await expect(refused).rejects.toThrow('The container engine at /nonexistent/engine.sock does not answer')
  })

  test('the image, the error says how to pull it', async () => {
    const refused = sandboxesWith({ image: 'absent:1' }).of({ tenant, threadId: 'y' })
    await expect(refused).rejects.toThrow('has no image "absent:1". Pull it ("docker pull absent:1")')
  })
})
