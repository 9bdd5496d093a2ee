import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { areEqual, compareWithCommitted } from './compare-with-committed.ts'

let root: string
const rendered = [
  { path: 'agent/Service.web.yaml', text: 'kind: Service\n' },
  { path: 'agent/Deployment.web.yaml', text: 'kind: Deployment\n' },
]
const commit = (path: string, text: string) => writeFileSync(join(root, 'environments/dev/manifests', path), text)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'compare-'))
  mkdirSync(join(root, 'environments/dev/manifests/agent'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

test('files with the same bytes are equal', () => {
  for (const { path, text } of rendered) commit(path, text)
  expect(areEqual(compareWithCommitted(root, 'dev', rendered))).toBe(true)
})

test('distinguishes missing, stale and changed files', () => {
  commit('agent/Service.web.yaml', 'kind: Service\r\n')
  commit('agent/Secret.web.yaml', '')
  expect(compareWithCommitted(root, 'dev', rendered)).toEqual({
    missing: ['environments/dev/manifests/agent/Deployment.web.yaml'],
    stale: ['environments/dev/manifests/agent/Secret.web.yaml'],
    changed: ['environments/dev/manifests/agent/Service.web.yaml'],
  })
})

test('reports all files as missing if the folder does not exist', () => {
  expect(compareWithCommitted(root, 'prod', rendered).missing).toHaveLength(2)
})
