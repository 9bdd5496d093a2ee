import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { renderEnvironment } from '@hadal/charts/render-environment'
import { listAt, textAt } from '@hadal/charts/validate/read-json'
import { redisCredentials } from '@hadal/infra/secrets/redis-credentials'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { redisClusterPassword } from '@hadal/platform/redis-rights'
import { freePorts } from '@hadal/runtime/fixtures/redis/free-ports'
import { RedisConnection } from '@hadal/runtime/redis/redis-connection'
import { afterEach, describe, expect, test } from 'vitest'

const environment = soundEnvironment()
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
const passwordFile = '/run/secrets/redis-credentials/password'

const [container] = renderEnvironment(environment)
  .filter(({ path }) => path === 'redis/StatefulSet.redis.yaml')
  .flatMap(({ object }) => listAt(object, 'spec', 'template', 'spec', 'containers'))
/** Scripts of the rendered container: the one that starts Redis, and the one of its readiness probe. */
const scripts = {
  start: String(listAt(container, 'args')[0]),
  probe: String(listAt(container, 'readinessProbe', 'exec', 'command').at(-1)),
}

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp()
})

/** A folder with the password and with `valkey-server` and `valkey-cli` as the names of Redis' programs, which use a port of this test. */
async function prepare(password: string): Promise<{ folder: string; port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-redis-password-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  const [port = 0] = await freePorts(1)
  writeFileSync(join(folder, 'password'), password)
  const program = (name: string, line: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  program('valkey-server', `exec redis-server "$@" --port ${port} --bind 127.0.0.1 --dir ${folder}`)
  program('valkey-cli', `exec redis-cli -p ${port} "$@"`)
  return { folder, port }
}

function run(script: string, folder: string): ChildProcess {
  const text = script.replaceAll(passwordFile, join(folder, 'password'))
  const child = spawn('sh', ['-euc', text], { env: { PATH: `${folder}:${process.env.PATH}` }, stdio: 'ignore' })
  cleanUps.push(() => void child.kill('SIGKILL'))
  return child
}

/** Exit status of a script, once it has ended. */
const statusOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (status) => resolve(status)))

/** Whether the server's client can authenticate, with the address that Pulumi would write. */
async function connects(port: number, password: string, withinMs = 5_000): Promise<boolean> {
  const url = new URL(redisCredentials(environment, password, password)['redis-credentials/url'] ?? '')
  url.host = `127.0.0.1:${port}`
  const connection = new RedisConnection({ url: url.href, mode: 'standalone', commandMs: 2_000, onChange: () => {} })
  cleanUps.push(() => connection.close())
  return connection.connected(withinMs)
}

/** Waits until a started Redis accepts the password. @returns `ended` if Redis ended instead, `refused` if it has another password */
async function startsWith(
  script: string,
  folder: string,
  port: number,
  password: string,
): Promise<'up' | 'ended' | 'refused'> {
  const ended = statusOf(run(script, folder)).then(() => 'ended' as const)
  for (let tries = 0; tries < 40; tries++) {
    const first = await Promise.race([ended, connects(port, password, 500)])
    if (first === 'ended') return 'ended'
    if (first) return 'up'
  }
  return 'refused'
}

describe('the standalone Redis', () => {
  test.each([
    ['every printable character', printable.join('')],
    ['every printable character, backwards', printable.toReversed().join('')],
    ['a quote at each end', '"both"'],
    ['a backslash at the end', 'ends\\'],
    ['an escaped character of the configuration', 'a\\x41\\n\\"b'],
    ['expressions of the shell', '$(false) `false` $HOME'],
    ['spaces at both ends', ' a '],
  ])('takes a password with %s', async (_, password) => {
    const { folder, port } = await prepare(password)
    expect(await startsWith(scripts.start, folder, port, password)).toBe('up')
    expect(await connects(port, `${password}x`, 300)).toBe(false)
    expect(await statusOf(run(scripts.probe, folder))).toBe(0)
  })
})

describe("the redis-operator's configuration, without quotes", () => {
  const unquoted = (password: string) => `exec valkey-server - <<'EOF'\nsave ""\nrequirepass ${password}\nEOF\n`
  const allowed = new RegExp(redisClusterPassword)

  test('takes a password of all characters that the ExternalSecret accepts', async () => {
    const password = printable.filter((character) => allowed.test(character)).join('')
    const { folder, port } = await prepare(password)
    expect(await startsWith(unquoted(password), folder, port, password)).toBe('up')
  })

  test('the ExternalSecret rejects the characters that break it', async () => {
    const rejected = printable.filter((character) => !allowed.test(character))
    expect(rejected).toEqual([' ', '"', "'"])
    for (const character of rejected) {
      const { folder } = await prepare('')
      expect([character, await statusOf(run(unquoted(`a${character}b`), folder))]).toEqual([character, 1])
    }
    const secrets = { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'vault' }, path: 'test' } as const
    const secret = renderEnvironment(soundEnvironment({ redis: { kind: 'cluster' }, secrets })).find(
      ({ path }) => path === 'secrets/ExternalSecret.redis-credentials.yaml',
    )
    expect(textAt(secret?.object, 'spec', 'target', 'template', 'data', 'password')).toContain(
      `regexMatch \`${redisClusterPassword}\``,
    )
  })
})
