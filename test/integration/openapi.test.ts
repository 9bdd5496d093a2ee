import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { useTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, expect, test } from 'vitest'
import { callOf, sendTo } from '../clients/operations/call.ts'
import { newThread } from '../clients/operations/case.ts'
import { type DocumentedBody, documentedBodies } from '../clients/operations/documented-bodies.ts'

const server = useTestServer(createDatabase(), { ROLE: 'all' })
let document: Record<string, unknown>
beforeAll(async () => {
  document = await sendTo(server().url)('GET /openapi.json')
})

test('the document is valid OpenAPI 3.1 and has every route of the server, and no other', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
  const paths = document.paths as Record<string, Record<string, unknown>>
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const routes = server().routes.map((route) => route.replaceAll(/:(\w+)/g, '{$1}'))
  expect(operations.toSorted()).toEqual([...new Set(routes)].toSorted())
})

test('the page of the document has every path, loads nothing from elsewhere and runs no script', async () => {
  const { headers, text } = await callOf(server().url, 'GET /docs')()
  for (const path of Object.keys(document.paths as object)) expect(text).toContain(`<code>${path}</code>`)
  expect(text).not.toMatch(/<script|<link|<img|<iframe|src=|@import|url\(/i)
  expect([...text.matchAll(/href="([^"#]*)/g)].map(([, target]) => target).filter((target) => target !== '')).toEqual([
    'openapi.json',
  ])
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
})

/** Operations and fields whose values a schema can't describe, with the reason. */
const dependent: Readonly<Record<string, string>> = {
  command: 'answers a question that waits',
  checkpoint: 'names a checkpoint of the thread',
  checkpoint_id: 'names a checkpoint of the thread',
  before: 'names a checkpoint of the thread',
  ttl: 'belongs to a thread that the run creates',
  webhook: 'is not served',
  query: 'needs an embedding model',
  select: 'names fields of the answer',
  extract: 'names fields of the thread',
  supersteps: 'names nodes of the graph',
  assistant_id: 'is an id of a new assistant, or names an assistant',
  'POST /assistants/{assistant_id}/latest': 'has the version in the body or in the query',
  'POST /runs/cancel': 'has either a status, or a thread with its runs',
}

/** Whether a refusal of a body is due to what the server has, and not to the body. */
const isDependent = ({ operation, field }: DocumentedBody): boolean =>
  operation in dependent || (field !== undefined && field in dependent)

test('requests with each field of the document alone are accepted', async () => {
  const send = sendTo(server().url)
  const refused: string[] = []
  for (const made of documentedBodies(document)) {
    if (isDependent(made)) continue
    const path = {
      thread_id: await newThread(send, { metadata: { graph_id: 'echo' } }),
      assistant_id: 'echo',
    }
    const { status, text } = await callOf(server().url, made.operation)({ path, body: made.body })
    if (status === 400 || status === 422) refused.push(`${made.operation} ${JSON.stringify(made.body)}: ${text}`)
    expect(status).toBeLessThan(500)
  }
  expect(refused).toEqual([])
})
