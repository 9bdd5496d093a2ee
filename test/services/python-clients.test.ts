import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { useTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { expect, test } from 'vitest'
import { documentedApi } from '../clients/documented-api.ts'
import { root } from '../repository-copy.ts'

const server = useTestServer(createDatabase(), { ROLE: 'all' })
const { served, notServed } = documentedApi()
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

test('every public method of the Python clients, asynchronous and synchronous, and RemoteGraph work', async () => {
  const program = join(root, 'test/clients/python/cases.py')
  // `.ci/run` puts the environment with the clients first in PATH.
  const { stdout } = await promisify(execFile)('langgraph-python', [program, server().url], { timeout: 150_000 })
  const { methods, results }: { methods: Record<string, string[]>; results: Record<string, string | null> } =
    JSON.parse(stdout)
  expect(Object.entries(results).filter(([, problem]) => problem !== null)).toEqual([])
  const expected = [...new Set([...served.values()].flat())]
    .map(snakeCase)
    .filter((name) => name !== 'threads.patch_state')
  const unserved = [...notServed.keys()].map(snakeCase)
  for (const [kind, names] of Object.entries(methods)) {
    expect(names.filter((name) => !unserved.includes(name))).toEqual(expected.toSorted())
    for (const name of expected) expect(results).toHaveProperty([`${kind} ${name}`], null)
  }
})
