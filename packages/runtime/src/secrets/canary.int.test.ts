import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFernet, generateFernetKey } from '@hadal/platform/fernet'
import { Client, type StreamMode } from '@langchain/langgraph-sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { runProgram, type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'

// Secrets at the places where a deployment has them. Every failure below quotes them.
const encryptionKey = generateFernetKey()
const keys = createFernet([encryptionKey])
const planted = {
  openAiKey: 'sk-proj-canary0123456789abcdefghij',
  // Matches no pattern: only redaction by value finds it.
  anthropicKey: 'canary anthropic "key" of no known form',
  encryptionKey,
  databasePassword: 'canary/database-Pa55word',
  langsmithKey: 'canary-langsmith-key-0123456789',
  // Sent by a client in headers that the langgraph.json gives to runs. No pattern matches them.
  userToken: 'canary/token of a user',
  userSession: 'canary-session-of-a-user',
}
const tokens = { openAi: keys.encrypt(planted.openAiKey), anthropic: keys.encrypt(planted.anthropicKey) }
const secrets = [...Object.values(planted), ...Object.values(tokens)]

/** The secrets unchanged, as JSON strings, and as parts of URLs. */
const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
const found = (text: string): string[] => forms.filter((form) => text.includes(form))

const role = `canary_${process.pid}`
const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-canary-'))
const secretsFile = join(folder, 'secrets.json')
/** Bodies of the requests that the fake tracing systems received. */
const sent = { langsmith: '', otlp: '' }
/** Authorization headers that the fake model provider received. */
const authorizations: (string | undefined)[] = []
let outside: Server
let server: ServerProcess
/** Client that sends the tokens of a user. */
let client: Client

const address = (path = ''): string => `http://127.0.0.1:${(outside.address() as AddressInfo).port}${path}`

async function asAdmin<Row extends pg.QueryResultRow>(sql: string, url = inject('postgresUrl')): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Row>(sql).finally(() => client.end())
  return rows
}

beforeAll(async () => {
  writeFileSync(secretsFile, JSON.stringify(secrets))
  outside = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1')
      if (request.url?.startsWith('/langsmith')) sent.langsmith += body
      if (request.url?.startsWith('/otlp')) sent.otlp += body
      response.setHeader('content-type', 'application/json')
      if (!request.url?.startsWith('/openai')) return response.end('{}')
      if (request.url.startsWith('/openai/environment')) authorizations.push(request.headers.authorization)
      // As OpenAI's response, but with the full key.
      const message = `Incorrect API key provided: ${request.headers.authorization}. ${secrets.join(' ')}`
      const error = { message, type: 'invalid_request_error', code: 'invalid_api_key' }
      response.writeHead(401, { 'x-request-id': 'r', 'set-cookie': 'a=b' }).end(JSON.stringify({ error }))
    })
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  await asAdmin(`CREATE ROLE ${role} SUPERUSER LOGIN PASSWORD ${pg.escapeLiteral(planted.databasePassword)}`)
  const url = new URL(database())
  url.username = role
  url.password = encodeURIComponent(planted.databasePassword)
  const files = {
    DATABASE_URL: url.href,
    OPENAI_API_KEY: tokens.openAi,
    ANTHROPIC_API_KEY: tokens.anthropic,
    ENCRYPTION_KEY: planted.encryptionKey,
    LANGSMITH_API_KEY: planted.langsmithKey,
  }
  const variables = Object.entries(files).map(([name, value]) => {
    const file = join(folder, name)
    writeFileSync(file, `${value}\n`)
    return [`${name}_FILE`, file] as const
  })
  server = await startServerProcess({
    ...Object.fromEntries(variables),
    AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/leaky/langgraph.json'),
    PROVIDER_KEYS: 'encrypted',
    MODEL_DEFAULT: 'openai:any',
    OPENAI_BASE_URL: address('/openai/environment'),
    LOG_LEVEL: 'debug',
    LANGSMITH_TRACING: 'true',
    LANGSMITH_ENDPOINT: address('/langsmith'),
    // Without compression, the test can search the bodies.
    LANGSMITH_DISABLE_RUN_COMPRESSION: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: address('/otlp'),
    OTEL_TRACES_SAMPLER_ARG: '1',
  })
  const headers = { 'x-user-token': planted.userToken, 'x-user-session': planted.userSession }
  client = new Client({ apiUrl: server.url, apiKey: null, callerOptions: { maxRetries: 0 }, defaultHeaders: headers })
})
afterAll(async () => {
  await server?.end('SIGTERM')
  outside.closeAllConnections()
  outside.close()
  rmSync(folder, { recursive: true, force: true })
  await asAdmin(`DROP ROLE IF EXISTS ${role}`)
})

const everyMode: StreamMode[] = [
  'values',
  'updates',
  'messages-tuple',
  'custom',
  'debug',
  'tasks',
  'checkpoints',
  'events',
]
/** The failing part of each graph, and the error of its run. For the environment's models, the error is the platform's own. */
const failures = [
  ['leaky', 'provider', '[redacted]'],
  ['leaky', 'model', '[redacted]'],
  ['leaky', 'tool', '[redacted]'],
  ['leaky', 'step', '[redacted]'],
  ['leaky-agent', 'tool', '[redacted]'],
  ['keyed', 'provider', 'ModelCredentialsRefused'],
] as const

test("a provider's token is decrypted with the key from another Secret, and the provider gets the key itself", async () => {
  await client.runs.wait(null, 'keyed', {
    input: { messages: [{ role: 'user', content: 'hi' }] },
    raiseError: false,
  })
  expect([...new Set(authorizations)]).toEqual([`Bearer ${planted.openAiKey}`])
})

describe('planted keys that every failure quotes are found nowhere', () => {
  test.for(failures)('in the answers and events of a run of %s that fails by its %s', async ([graph, by, says]) => {
    const { url } = server
    const content = JSON.stringify({ by, secretsFile, baseURL: address('/openai') })
    const { thread_id } = await client.threads.create()
    const input = { messages: [{ role: 'user', content }] }
    let seen = ''
    for await (const part of client.runs.stream(thread_id, graph, {
      input,
      streamMode: everyMode,
      streamSubgraphs: true,
    }))
      seen += JSON.stringify(part)
    const [run] = await client.runs.list(thread_id)
    const paths = ['', '/state', `/runs/${run?.run_id}`, `/runs/${run?.run_id}/join`, `/runs/${run?.run_id}/stream`]
    for (const path of paths) seen += await (await fetch(`${url}/threads/${thread_id}${path}`)).text()
    seen += JSON.stringify(await client.threads.getHistory(thread_id))
    expect(found(seen)).toEqual([])
    // The run failed with the expected error.
    expect(seen).toContain(says)
  })

  test('in the response to a rejected request, and in its log', async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${planted.langsmithKey}` }
    const answer = await fetch(`${server.url}/threads/none/runs`, { method: 'POST', body: '{}', headers })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(found((await answer.text()) + server.log.join('\n'))).toEqual([])
  })

  test('in the database: every row of every table, checkpoints and events among them', async () => {
    const tables = await asAdmin<{ name: string; columns: string[] }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name,
         array_agg(CASE udt_name WHEN 'bytea' THEN format('encode(%I, ''escape'')', column_name) ELSE format('%I::text', column_name) END) AS columns
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema IN ('public', 'hadal', 'pgboss') AND table_type = 'BASE TABLE' GROUP BY 1`,
      database(),
    )
    const dump: string[] = []
    for (const { name, columns } of tables) {
      const rows = await asAdmin<{ row: string }>(
        `SELECT concat_ws(' ', ${columns.join(', ')}) AS row FROM ${name}`,
        database(),
      )
      dump.push(...rows.map(({ row }) => `${name} ${row}`))
    }
    expect(dump.filter((row) => found(row).length > 0)).toEqual([])
    for (const table of ['hadal.run ', 'hadal.run_event ', 'hadal.thread ', 'public.checkpoint_writes '])
      expect([table, dump.some((row) => row.startsWith(table) && row.includes('[redacted]'))]).toEqual([table, true])
  })

  test('in traces of LangSmith and of OpenTelemetry', async () => {
    await eventually(
      () => sent,
      ({ langsmith, otlp }) =>
        (langsmith.match(/\[redacted\]/g)?.length ?? 0) >= failures.length && otlp.includes('invoke_agent'),
    )
    expect(found(sent.langsmith)).toEqual([])
    expect(found(sent.otlp)).toEqual([])
  })

  test('in metrics', async () => {
    const ready = server.log.find((line) => line.includes('"event":"ready"')) ?? ''
    const text = await (await fetch(`http://127.0.0.1:${JSON.parse(ready).metrics_port}/metrics`)).text()
    expect(text).toContain(`runs_finished_total{status="error"} ${failures.length + 1}`)
    expect(found(text)).toEqual([])
  })

  test('in the log, of all of the above', () => {
    const log = server.log.join('\n')
    expect(log.match(/"event":"run_failed"/g)).toHaveLength(failures.length + 1)
    expect(log).toContain('401 with [redacted]')
    expect(found(log)).toEqual([])
  })

  test('in the error of a program that can not start', async () => {
    const wrong = { DATABASE_URL: `postgres://${role}:${encodeURIComponent(planted.databasePassword)}x@127.0.0.1:1/x` }
    const said = await Promise.all([
      runProgram(['migrate'], wrong),
      runProgram([], { ...wrong, ...planted, OPENAI_API_KEY: planted.openAiKey, PROVIDER_KEYS: 'encrypted' }),
      runProgram([], { ...wrong, OPENAI_API_KEY: tokens.openAi, ENCRYPTION_KEY: generateFernetKey() }),
    ])
    for (const { code, output, errors } of said) {
      expect(code).toBe(1)
      expect(errors).not.toBe('')
      expect(found(output + errors)).toEqual([])
    }
  })
})
