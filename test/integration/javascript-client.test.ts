import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { useTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { expect, test } from 'vitest'
import { documentedApi } from '../clients/documented-api.ts'
import { javaScriptCases } from '../clients/javascript/cases.ts'
import { clientMethods } from '../clients/javascript/client-methods.ts'

const server = useTestServer(createDatabase(), { ROLE: 'all' })
const { served, notServed } = documentedApi()
const methods = clientMethods()

test('every public method of the JavaScript client has a case, or a reason in docs/api.md why it is not served', () => {
  expect(methods).toContain('threads.create')
  const cases = Object.keys(javaScriptCases)
  expect(methods.filter((method) => !cases.includes(method) && !notServed.has(method))).toEqual([])
  expect(cases.filter((method) => notServed.has(method) || !methods.includes(method))).toEqual([])
})

test('docs/api.md names the operation of every method that has a case, and no method that does not exist', () => {
  const documented = [...new Set([...served.values()].flat())].toSorted()
  expect(documented).toEqual(Object.keys(javaScriptCases).toSorted())
  const unserved = [...notServed.keys()].filter((name) => /^\S+\.\w+$/.test(name))
  expect(unserved.filter((method) => !methods.includes(method))).toEqual([])
})

for (const [method, run] of Object.entries(javaScriptCases))
  test(`${method} of the JavaScript client works`, () => run(server()))
