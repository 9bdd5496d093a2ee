import type { BaseSandbox } from 'deepagents'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileContract } from '../fixtures/file-contract.ts'
import { contractLimits, sandboxContract } from '../fixtures/sandbox-contract.ts'
import { type Podman, startPodman } from '../fixtures/start-podman.ts'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'
import { DockerSandboxes } from './docker-sandboxes.ts'

let podman: Podman
let sandboxes: DockerSandboxes
const contracted: DockerSandboxes[] = []
const limits = { ...contractLimits, memoryBytes: 64 * 2 ** 20, processes: 32, folderBytes: 8 * 2 ** 20 }
const of = (threadId: string): Promise<BaseSandbox> => sandboxes.of({ tenant: 'default', threadId })

beforeAll(async () => {
  podman = await startPodman()
  sandboxes = new DockerSandboxes({ socketPath: podman.socketPath, image: podman.image, limits })
}, 60_000)
afterAll(async () => {
  await Promise.all([sandboxes, ...contracted].map((one) => one?.close()))
  await podman?.close()
}, 60_000)

sandboxContract('a container of podman', async ({ commandSeconds }) => {
  const own = new DockerSandboxes({
    socketPath: podman.socketPath,
    image: podman.image,
    limits: { ...limits, commandSeconds },
  })
  contracted.push(own)
  const sandbox = await own.of({ tenant: 'default', threadId: 'contract' })
  return { sandbox, workFolder: '/workspace' }
})

fileContract(
  'a container of podman',
  () => '/workspace/files',
  async (work) => work(await of('files')),
)

describe('a container of podman', () => {
  test('has no network except loopback', async () => {
    const { output } = await (await of('network')).execute('ls /sys/class/net; cat /proc/net/route')
    expect(output.split('\n').filter((line) => line && !line.startsWith('Iface'))).toEqual(['lo'])
  })

  test('runs as nobody without capabilities, and can not gain any', async () => {
    const { output } = await (await of('user')).execute(
      'id -u; grep -E "^(CapEff|CapBnd|NoNewPrivs)" /proc/self/status',
    )
    expect(output.trim().split(/\s+/)).toEqual([
      '65534',
      'CapEff:',
      '0000000000000000',
      'CapBnd:',
      '0000000000000000',
      'NoNewPrivs:',
      '1',
    ])
  })

  test('can write only to its work folder and /tmp, up to their size', async () => {
    const sandbox = await of('write')
    const { exitCode, output } = await sandbox.execute('touch /tmp/a b; touch /etc/x /bin/y /z')
    expect(exitCode).not.toBe(0)
    expect(output.match(/Read-only file system|Permission denied/g)).toHaveLength(3)
    const full = await sandbox.execute('dd if=/dev/zero of=big bs=1048576 count=16')
    expect(full.output).toContain('No space left')
  })

  test('can not exceed its limits of processes and memory', async () => {
    const sandbox = await of('many')
    const many = await sandbox.execute('for i in $(seq 60); do sleep 0.5 & done; wait; echo through')
    expect(many.output).toMatch(/can't fork|Resource temporarily unavailable/)
    const greedy = await sandbox.execute('awk \'BEGIN { s = "x"; while (length(s) < 2e8) s = s s; print "kept" }\'')
    expect(greedy.exitCode).not.toBe(0)
    expect(greedy.output).not.toContain('kept')
    expect((await (await of('many')).execute('echo alive')).output).toBe('alive\n')
  })

  test('does not see another thread’s files', async () => {
    await (await of('one')).execute('echo secret > /workspace/mine')
    expect((await (await of('two')).execute('cat /workspace/mine')).exitCode).toBe(1)
    expect((await (await of('one')).execute('cat /workspace/mine')).output).toBe('secret\n')
  })

  test('is removed after its idle time', async () => {
    await (await of('idle')).execute('touch /workspace/file')
    await sandboxes.removeIdle()
    expect((await (await of('idle')).execute('ls /workspace')).output).toBe('file\n')
    await sandboxes.removeIdle(Date.now() + 901_000)
    expect((await (await of('idle')).execute('ls /workspace')).output).toBe('')
  })

  test('fails with a plain error if its image is not on the engine', async () => {
    const other = new DockerSandboxes({ socketPath: podman.socketPath, image: 'localhost/absent:1' })
    const refused = other.of({ tenant: 'default', threadId: 'absent' })
    await expect(refused).rejects.toThrow(SandboxUnavailable)
    await expect(refused).rejects.toThrow('has no image "localhost/absent:1"')
    await other.close()
  })

  test('is removed with its files when it is released', async () => {
    await (await of('gone')).execute('touch /workspace/file')
    await sandboxes.release({ tenant: 'default', threadId: 'gone' })
    expect((await (await of('gone')).execute('ls /workspace')).output).toBe('')
  })
})
