import process from 'node:process'
import { expect, test } from 'vitest'
import { parseLanggraphJson } from './langgraph-json.ts'

const graphs = { one: './graph.ts:graph' }
const parsed = (content: object) => parseLanggraphJson('/p/langgraph.json', JSON.stringify({ graphs, ...content }))
const nodeVersion = process.versions.node.split('.')[0]

test('accepts the fields with which the LangGraph CLI builds an image', () => {
  const { problems, notices } = parsed({
    $schema: 'https://langgra.ph/schema.json',
    node_version: nodeVersion,
    dependencies: ['.'],
    dockerfile_lines: [],
    image_distro: 'wolfi',
    pip_config_file: null,
    env: '.env',
    store: { index: { embed: 'openai:text-embedding-3-small', dims: 1536 } },
    http: { cors: { allow_origins: ['*'] }, app: './app.ts:app' },
  })
  expect([problems, notices]).toEqual([[], []])
})

test('reads a graph with a description, and the default export of a path without a name after its colon', () => {
  const { graphs: read } = parseLanggraphJson(
    '/p/langgraph.json',
    JSON.stringify({ graphs: { a: { path: './a.ts:x', description: 'Does it' }, b: './b.js:' } }),
  )
  expect(read).toEqual([
    { id: 'a', modulePath: './a.ts', exportName: 'x', description: 'Does it' },
    { id: 'b', modulePath: './b.js', exportName: 'default' },
  ])
})

test.each([
  ['encryption', { encryption: { path: './a.py:e' } }],
  ['webhooks.url', { webhooks: { url: { require_https: true } } }],
])('refuses the field %s, which protects and can not be honoured', (field, content) => {
  const { problems } = parsed(content)
  expect(problems).toEqual([expect.stringContaining(`/p/langgraph.json: "${field}" sets `)])
  expect(problems[0]).toContain('It does not start, because it would be less protected than the file says.')
})

test.each([
  ['Auth', 'auth', { Auth: {} }],
  ['atuh', 'auth', { atuh: {} }],
  ['encrypton', 'encryption', { encrypton: {} }],
  ['webhook', 'webhooks', { webhook: {} }],
  ['webhooks.urls', 'webhooks.url', { webhooks: { urls: {} } }],
  ['http.enable_custom_routes_auth', 'http.enable_custom_route_auth', { http: { enable_custom_routes_auth: true } }],
  ['http.disable_stores', 'http.disable_store', { http: { disable_stores: true } }],
])('refuses the unknown field %s, which is nearly %s', (field, near, content) => {
  expect(parsed(content).problems).toEqual([
    `/p/langgraph.json has the unknown field "${field}". Did you mean "${near}", which protects the server? Correct the name, or remove the field.`,
  ])
})

test('a field without a value is like an absent one', () => {
  const content = { auth: null, encryption: {}, webhooks: null, ui: {}, http: null, env: null, store: null }
  expect(parsed(content)).toMatchObject({ problems: [], notices: [] })
})

test('warns about fields without effect', () => {
  const { problems, notices } = parsed({
    graph: {},
    ui: { agent: './ui.tsx' },
    plugins: [],
    node_version: '20',
    checkpointer: { backend: 'default', ttl: { default_ttl: 10 } },
    webhooks: { headers: {} },
    http: { middleware_order: 'middleware_first', favicon: true },
  })
  expect(problems).toEqual([])
  expect(notices).toEqual([
    expect.stringContaining('unknown field "graph". Did you mean "graphs"?'),
    expect.stringContaining('"ui" has no effect'),
    expect.stringContaining('unknown field "plugins". It has no effect.'),
    expect.stringContaining('"webhooks.headers" has no effect'),
    expect.stringContaining(`"node_version" is "20", but this server runs Node ${nodeVersion}.`),
    expect.stringContaining('"http.middleware_order" has no effect'),
    expect.stringContaining('unknown field "http.favicon". It has no effect.'),
    expect.stringContaining('"checkpointer.backend" has no effect'),
  ])
})

test('reads the field http', () => {
  const { http, problems } = parsed({
    http: {
      app: './app.ts:app',
      mount_prefix: '/agents/',
      disable_store: true,
      disable_mcp: false,
      configurable_headers: { includes: ['x-*'], excludes: ['x-secret'] },
    },
  })
  expect(problems).toEqual([])
  expect(http).toMatchObject({
    app: './app.ts:app',
    mountPrefix: '/agents',
    disabled: new Set(['store']),
    configurableHeaders: { includes: ['x-*'], excludes: ['x-secret'] },
    loggingHeaders: { includes: [], excludes: [] },
  })
})

test('reports every wrong value of env and http', () => {
  expect(
    parsed({
      env: { A: 'a', B: { c: 1 } },
      http: { app: './app.ts', mount_prefix: 'agents', disable_store: 'yes', configurable_headers: ['x'] },
    }).problems,
  ).toEqual([
    '/p/langgraph.json: "env.B" is not a text. Write its value in quotation marks.',
    expect.stringContaining('"http.disable_store" is "yes". Use true or false.'),
    expect.stringContaining('"http.app" is "./app.ts". Use the path of a module and the name of its export'),
    expect.stringContaining('"http.mount_prefix" is "agents". Use a path such as "/agents".'),
    expect.stringContaining('"http.configurable_headers" is ["x"]. Use { "includes"'),
  ])
  expect(parsed({ env: ['A'] }).problems).toEqual([expect.stringContaining('"env" is ["A"]. Use the path of a file')])
})
