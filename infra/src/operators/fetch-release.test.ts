import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fetchRelease } from './fetch-release.ts'
import { type Release, releases } from './releases.ts'

const text = 'kind: ConfigMap\n'
const sha256 = createHash('sha256').update(text).digest('hex')
let answers: string | undefined
let asked = 0
const server = createServer((_request, response) => {
  asked += 1
  if (answers === undefined) response.writeHead(404).end()
  else response.end(answers)
})
let url = ''
let cache = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  url = `http://127.0.0.1:${address.port}/install.yaml`
})
afterAll(() => server.close())
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'hadal-releases-'))
  asked = 0
  answers = text
})
afterEach(() => rmSync(cache, { recursive: true }))

const release = (change: Partial<Release> = {}): Release => ({ version: 'v1', url, sha256, ...change })

test('fetches a release once and verifies its checksum', async () => {
  expect(await fetchRelease('it', release(), cache)).toBe(text)
  expect(await fetchRelease('it', release(), cache)).toBe(text)
  expect(asked).toBe(1)
})

test('rejects a text with another checksum and does not cache it', async () => {
  answers = `${text}# and more\n`
  await expect(fetchRelease('it', release(), cache)).rejects.toThrow(
    /with the checksum [0-9a-f]{64}.+Nothing was installed/,
  )
  expect(readdirSync(cache)).toEqual([])
})

test('fetches a release again if its cached file was changed', async () => {
  await fetchRelease('it', release(), cache)
  for (const file of readdirSync(cache)) writeFileSync(join(cache, file), 'something else')
  expect(await fetchRelease('it', release(), cache)).toBe(text)
  expect(asked).toBe(2)
})

test('fetches nothing without a recorded checksum', async () => {
  await expect(fetchRelease('it', release({ sha256: undefined }), cache)).rejects.toThrow(
    'it v1 has no recorded checksum, so it is not installed.',
  )
  expect(asked).toBe(0)
})

test('reports a failed download with its address and status', async () => {
  answers = undefined
  await expect(fetchRelease('it', release(), cache)).rejects.toThrow(`could not be fetched from ${url}: status 404.`)
})

test('every release has its version in its address', () => {
  for (const { url: address, version } of Object.values(releases)) expect(address).toContain(version)
})
