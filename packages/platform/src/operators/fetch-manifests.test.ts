import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useLoopbackServer } from '../fixtures/use-loopback-server.ts'
import { fetchManifests } from './fetch-manifests.ts'

const manifest = 'kind: ConfigMap\n'
const mebibyte = 1024 * 1024
type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** Answers of the test's server, by path. */
const answers: Readonly<Record<string, Answer>> = {
  '/manifest.yaml': (response) => response.end(manifest),
  '/moved': (response) => response.writeHead(302, { location: '/manifest.yaml' }).end(),
  '/circle': (response) => response.writeHead(302, { location: '/circle' }).end(),
  '/to-http': (response) => response.writeHead(302, { location: 'http://files.example.com/manifest.yaml' }).end(),
  '/to-file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/login': (response) => response.end('\n<!doctype html><title>Sign in</title>'),
  '/private': (response) => response.writeHead(401).end(),
  '/broken': (response) => response.writeHead(503).end(),
  '/chart.tgz': (response) => response.end(gzipSync('Chart.yaml')),
  '/release.zip': (response) => response.end(Buffer.from('PK\u0003\u0004')),
  '/binary': (response) => response.end(Buffer.from([0x6b, 0xff, 0xfe])),
  '/empty': (response) => response.end(),
  '/truncated': (response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write(manifest, () => response.destroy())
  },
  '/large': (response) => {
    const part = Buffer.alloc(mebibyte, 'a')
    const send = (left: number): void => {
      if (left > 0 && !response.destroyed) response.write(part, () => send(left - 1))
      else response.end()
    }
    send(40)
  },
}
const address = useLoopbackServer((request, response) => {
  const answer = answers[request.url ?? '']
  if (answer) answer(response, request)
  else response.writeHead(404).end()
})
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hadal-manifests-'))
  mkdirSync(join(root, 'infra/operators'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

const fetchFrom = (path: string) => fetchManifests(`${address()}${path}`, root)

test('reads manifests from an address, and says where a redirect led', async () => {
  expect(await fetchFrom('/manifest.yaml')).toMatchObject({ text: manifest })
  expect(await fetchFrom('/moved')).toMatchObject({ text: manifest, servedBy: `${address()}/manifest.yaml` })
})

test('reads manifests from a path in the repository, relative or absolute', async () => {
  const path = 'infra/operators/keda.yaml'
  writeFileSync(join(root, path), manifest)
  for (const source of [path, join(root, path)])
    expect(await fetchManifests(source, root)).toMatchObject({ text: manifest, servedBy: path })
})

test.each<[what: string, path: string, sentence: RegExp]>([
  ['an unknown file', '/none.yaml', /none\.yaml returned status 404\. Check the version and the address\.$/],
  ['a file behind a login', '/private', /returned status 401\. The file needs a login\. Commit it to this repository/],
  ['a server error', '/broken', /returned status 503\. Try again later\.$/],
  ['a login page', '/login', /is an HTML or XML page, not a manifest\. Check that the address/],
  ['a Helm chart', '/chart.tgz', /is a gzip archive, such as a Helm chart, not a manifest\. Render the chart/],
  ['a zip archive', '/release.zip', /is a zip archive, not a manifest\. Extract it/],
  ['a binary file', '/binary', /is not a UTF-8 text, so it is not a manifest\./],
  ['an empty file', '/empty', /is empty\. Check the address or the path\.$/],
  ['a file that ends early', '/truncated', /truncated ended after 16 bytes: .+ Try again\.$/],
  ['a very large file', '/large', /has more than 32 MiB, so it is not read\./],
  ['a circle of redirects', '/circle', /circle redirects more than 5 times\./],
  [
    'a redirect to plain http',
    '/to-http',
    /to-http redirects to http:\/\/files\.example\.com.+, which is not an https/,
  ],
  [
    'a redirect to a local file',
    '/to-file',
    /to-file redirects to file:\/\/\/etc\/passwd, which is not a valid address\./,
  ],
])('rejects %s', async (_what, path, sentence) => {
  await expect(fetchFrom(path)).rejects.toThrow(sentence)
})

test.each<[what: string, source: string, sentence: RegExp]>([
  ['an address without TLS', 'http://files.example.com/keda.yaml', /is not an https address\. Use https, or a path/],
  ['an address of another kind', 'ftp://files.example.com/keda.yaml', /is not an https address\./],
  ['a port without a listener', 'http://127.0.0.1:1/keda.yaml', /could not be fetched: .+\. Check the address and/],
  ['a missing path', 'infra/operators/keda.yaml', /^infra\/operators\/keda\.yaml does not exist in this repository\./],
  ['a path out of the repository', '../keda.yaml', /^\.\.\/keda\.yaml is not a file in this repository\. Copy it into/],
  ['the repository itself', '.', /^\. is not a file in this repository/],
])('rejects %s', async (_what, source, sentence) => {
  await expect(fetchManifests(source, root)).rejects.toThrow(sentence)
})

test('rejects an address with a password, and does not repeat the password', async () => {
  const error = await fetchManifests('https://robot:hunter2@files.example.com/keda.yaml', root).then(
    () => '',
    (reason: unknown) => String(reason),
  )
  expect(error).toContain('The address at files.example.com contains a user or a password')
  expect(error).not.toContain('hunter2')
})
