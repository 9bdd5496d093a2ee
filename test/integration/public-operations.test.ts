import { randomUUID } from 'node:crypto'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { useTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { beforeAll, expect, test } from 'vitest'
import { documentedApi } from '../clients/documented-api.ts'
import { AnswerSchemas } from '../clients/operations/answer-schemas.ts'
import { callOf, sendTo } from '../clients/operations/call.ts'
import type { Answer } from '../clients/operations/case.ts'
import { operationCases } from '../clients/operations/cases.ts'
import { publicOperations } from '../clients/operations/public-operations.ts'

const server = useTestServer(createDatabase(), { ROLE: 'all' })
const { served, notServed } = documentedApi()
let schemas: AnswerSchemas
beforeAll(async () => {
  schemas = new AnswerSchemas(await sendTo(server().url)('GET /openapi.json'))
})
/** Expects that the server's OpenAPI document describes an answer. */
const expectDocumented =
  (operation: string) =>
  (answer: Answer): void =>
    expect(schemas.problemOf(operation, answer)).toBeUndefined()

const isOperation = (name: string): boolean => /^[A-Z]+ \//.test(name)

test('every operation of the public API has a case, or a reason in docs/api.md why it is not served', () => {
  expect(publicOperations).toHaveLength(64)
  const cases = Object.keys(operationCases)
  expect(publicOperations.filter((operation) => !cases.includes(operation) && !notServed.has(operation))).toEqual([])
  expect(cases.filter((operation) => notServed.has(operation) || !served.has(operation))).toEqual([])
})

test('docs/api.md lists every operation that the server serves, and no other', () => {
  const routes = server().routes.map((route) => route.replaceAll(/:(\w+)/g, '{$1}'))
  expect(routes.filter((route) => !served.has(route))).toEqual([])
  expect([...served.keys()].filter((operation) => !routes.includes(operation))).toEqual([])
})

for (const [operation, run] of Object.entries(operationCases))
  test(`${operation} is answered as the public API describes it`, () =>
    run(callOf(server().url, operation, expectDocumented(operation)), sendTo(server().url)))

test.each([...notServed.keys()].filter(isOperation))(
  '%s is answered with 404 and what is not served',
  async (operation) => {
    const path = { thread_id: randomUUID(), cron_id: randomUUID(), assistant_id: 'echo' }
    const isRead = operation.startsWith('GET') || operation.startsWith('DELETE')
    const answer = await callOf(server().url, operation)({ path, ...(isRead ? {} : { body: {} }) })
    expect(answer).toMatchObject({ status: 404, body: { detail: expect.stringMatching(/not served/) } })
  },
)
