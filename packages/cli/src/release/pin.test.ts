import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pin } from './pin.ts'
import { dockerLogin, type RegistryLogin } from './registry-login.ts'

const manifest = '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}'
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`
const basic = Buffer.from('robot:secret').toString('base64')

/** Behaviour of a test's registry. */
interface Manners {
  challenge?: 'bearer' | 'basic' | 'unknown'
  /** Whether the test's registry gives a token to callers without a login. */
  anonymous?: boolean
  statesDigest?: boolean
  status?: number
}

let registry: Server
let host: string
let manners: Manners
let requests: string[]
let root: string

/** Handler of a registry with the single image `team/web:1.0`, according to the OCI distribution specification. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  requests.push(`${request.method} ${request.url}`)
  const { challenge, anonymous = true, statesDigest = true, status } = manners
  const end = (code: number, headers: Record<string, string> = {}, body = '') =>
    response.writeHead(code, headers).end(body)
  const { authorization } = request.headers
  if (request.url?.startsWith('/token')) {
    if (!anonymous && authorization !== `Basic ${basic}`) return void end(401)
    const { searchParams } = new URL(request.url, `http://${host}`)
    return void end(
      200,
      {},
      JSON.stringify({ token: `for ${searchParams.get('service')} ${searchParams.get('scope')}` }),
    )
  }
  if (status !== undefined) return void end(status, status === 429 ? { 'retry-after': '30' } : {})
  const scope = 'repository:team/web:pull'
  const wanted = { bearer: `Bearer for registry ${scope}`, basic: `Basic ${basic}`, unknown: 'x' }
  if (challenge && authorization !== wanted[challenge]) {
    const asked = {
      bearer: `Bearer realm="http://${host}/token",service="registry",scope="${scope}"`,
      basic: 'Basic realm="registry"',
      unknown: 'Negotiate',
    }
    return void end(401, { 'www-authenticate': asked[challenge] })
  }
  if (request.url !== '/v2/team/web/manifests/1.0') return void end(404)
  if (!request.headers.accept?.includes('image.index.v1+json')) return void end(406)
  end(200, statesDigest ? { 'docker-content-digest': digest } : {}, request.method === 'HEAD' ? '' : manifest)
}

beforeEach(async () => {
  manners = {}
  requests = []
  registry = createServer(answer)
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(registry.address() as AddressInfo).port}`
  root = mkdtempSync(join(tmpdir(), 'pin-'))
  mkdirSync(join(root, 'charts/src'), { recursive: true })
  mkdirSync(join(root, 'environments/dev'), { recursive: true })
})
afterEach(async () => {
  rmSync(root, { recursive: true })
  await new Promise((resolve) => registry.close(resolve))
})

const noLogin: RegistryLogin = () => undefined

async function run(images: string[], environments: string[] = ['dev'], login = noLogin): Promise<string[]> {
  const lines: string[] = []
  await pin({ root, images, environments, today: '2026-11-24', login, write: (line) => void lines.push(line) })
  return lines
}

const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
const pinOfWeb = () => ({ web: { repository: `${host}/team/web`, tag: '1.0', digest: null, foundAt: null } })
const writePins = (pins: object) => writeFileSync(join(root, 'charts/src/images.json'), JSON.stringify(pins))

test('writes the digest of an agent image into the release.json of the named environments', async () => {
  const lines = await run([`${host}/team/web:1.0`])
  expect(json('environments/dev/release.json')).toEqual({ image: { repository: `${host}/team/web`, digest } })
  expect(lines).toEqual([
    `environments/dev/release.json: ${host}/team/web@${digest} (1.0)`,
    'Run "npx hadal render", review the changes and commit them.',
  ])
  expect(readdirSync(join(root, 'environments/dev'))).toEqual(['release.json'])
})

test('replaces the repository and the digest of an agent image in every named environment', async () => {
  const names = ['dev', 'staging', 'prod']
  for (const name of names) {
    mkdirSync(join(root, 'environments', name), { recursive: true })
    const image = { repository: 'registry.example.com/hadal/deep-agents', digest: `sha256:${'0'.repeat(64)}` }
    writeFileSync(join(root, 'environments', name, 'release.json'), JSON.stringify({ image }))
  }
  await run([`${host}/team/web:1.0`], names)
  for (const name of names)
    expect(json(`environments/${name}/release.json`)).toEqual({ image: { repository: `${host}/team/web`, digest } })
})

test('writes the digest of a third-party image into images.json, by reference or by name', async () => {
  for (const image of [`${host}/team/web:1.0`, 'web']) {
    writePins(pinOfWeb())
    await run([image], [])
    const foundAt = `registry ${host}, 2026-11-24`
    expect(json('charts/src/images.json')).toEqual({
      web: { repository: `${host}/team/web`, tag: '1.0', digest, foundAt },
    })
  }
})

describe('a registry', () => {
  test('that requires a token gets one for this image only', async () => {
    manners = { challenge: 'bearer' }
    await run([`${host}/team/web:1.0`])
    expect(requests).toEqual([
      'HEAD /v2/team/web/manifests/1.0',
      'GET /token?service=registry&scope=repository%3Ateam%2Fweb%3Apull',
      'HEAD /v2/team/web/manifests/1.0',
    ])
  })

  test('that requires a login gets the one of docker login', async () => {
    const file = join(root, 'config.json')
    writeFileSync(file, JSON.stringify({ auths: { [host]: { auth: basic } } }))
    for (const challenge of ['bearer', 'basic'] as const) {
      manners = { challenge, anonymous: false }
      await run([`${host}/team/web:1.0`], ['dev'], dockerLogin(file))
      expect(json('environments/dev/release.json').image.digest).toBe(digest)
    }
  })

  test('that returns no digest is asked for the manifest, which is hashed', async () => {
    manners = { statesDigest: false }
    await run([`${host}/team/web:1.0`])
    expect(json('environments/dev/release.json').image.digest).toBe(digest)
  })
})

describe('an error says what to do, and nothing is written', () => {
  test.each<[string, Manners, string, RegExp]>([
    [
      'an unknown tag',
      {},
      'team/web:2.0',
      /web:2\.0: 127\S+ has no such image or tag\. Check the name, or push it first\.$/,
    ],
    [
      'no login',
      { challenge: 'basic' },
      'team/web:1.0',
      /denied access \(401\)\. .*run "docker login 127\S+" first\.$/,
    ],
    ['no permission', { status: 403 }, 'team/web:1.0', /denied access \(403\)/],
    ['too many requests', { status: 429 }, 'team/web:1.0', /reports too many requests\. Try again in 30 s\.$/],
    ['a server error', { status: 503 }, 'team/web:1.0', /returned status 503\. Try again later/],
    ['an unknown login', { challenge: 'unknown' }, 'team/web:1.0', /unsupported login method \("Negotiate"\)\./],
  ])('%s', async (_what, how, image, sentence) => {
    manners = how
    await expect(run([`${host}/${image}`])).rejects.toThrow(sentence)
    expect(readdirSync(join(root, 'environments/dev'))).toEqual([])
  })

  test('writes neither of two images if one does not exist', async () => {
    writePins(pinOfWeb())
    await expect(run(['web', `${host}/team/api:1.0`])).rejects.toThrow(/has no such image/)
    expect(json('charts/src/images.json').web.digest).toBeNull()
  })

  test('an unreachable registry', async () => {
    await expect(run(['127.0.0.1:1/team/web:1.0'])).rejects.toThrow(
      /127\.0\.0\.1:1 is unreachable \(.+\)\. Check the name/,
    )
  })

  test.each([
    ['postgres', /^Unknown image: "postgres"\. Images in charts\/src\/images\.json/],
    ['team/web:1.0', /^Invalid image: .* Write registry, path and tag/],
    ['registry.example.com/team/web', /^Invalid image: .* Write registry, path and tag/],
    ['registry.example.com/team/web:latest', /The tag "latest" is not allowed/],
  ])('%s', async (image, sentence) => {
    await expect(run([image])).rejects.toThrow(sentence)
    expect(requests).toEqual([])
  })

  test('an agent image without an environment', async () => {
    await expect(run([`${host}/team/web:1.0`], [])).rejects.toThrow(
      /Name the environments that run it, e\.g\. "--environment dev"\.$/,
    )
  })

  test('an unknown environment', async () => {
    await expect(run([`${host}/team/web:1.0`], ['prdo'])).rejects.toThrow(
      /Unknown environment\. Known environments: dev\./,
    )
    expect(requests).toEqual([])
  })
})
