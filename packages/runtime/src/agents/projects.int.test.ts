import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { runProgram, type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'
import { type WrittenProject, writeProject } from '../fixtures/write-project.ts'

const database = createDatabase()
const secret = 'planted-key-of-no-known-form'

/** Source of a graph with one node that returns the result of an expression. */
const says = (expression: string): string => `
  export const graph = new StateGraph(State)
    .addNode('say', (state, config) => ({ said: ${expression} })).addEdge('__start__', 'say').addEdge('say', '__end__').compile()`

const files = {
  'langgraph.json': {
    node_version: '24',
    dependencies: ['.'],
    env: '.env',
    ui: { agent: './ui.tsx' },
    graphs: {
      typescript: { path: './src/agent.ts:graph', description: 'Uses all of TypeScript' },
      jsx: './src/view.tsx:graph',
      commonjs: './commonjs/agent.ts:graph',
      javascript: './plain.cjs:graph',
      prebuilt: './src/prebuilt.ts:agent',
      missing: './src/missing.ts:graph',
      keyless: './src/keyless.ts:graph',
    },
  },
  '.env': `GREETING="from the file"\nMY_API_KEY=${secret}\nLOG_LEVEL=silent\n`,
  'package.json': { name: 'project', type: 'module' },
  'tsconfig.json': {
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      paths: { '@lib/*': ['./lib/*'] },
      jsx: 'react-jsx',
      jsxImportSource: 'hono/jsx',
    },
  },
  'src/state.ts': `
    import { Annotation } from '@langchain/langgraph'
    export interface Shape { said: string }
    export const State = Annotation.Root({ said: Annotation<string> })`,
  'lib/words.ts': `
    export enum Colour { Blue = 'blue' }
    export class Speaker { constructor(private readonly word: string) {} say() { return this.word } }`,
  'src/data.json': { number: 7 },
  'prompt.md': 'Be brief.',
  'src/agent.ts': `
    import { readFileSync } from 'node:fs'
    import { StateGraph } from '@langchain/langgraph'
    import { getLogger } from '@langchain/langgraph-sdk/logging'
    import { Shape, State } from './state.js'
    import { Colour, Speaker } from '@lib/words'
    import data from './data.json'
    const logger = getLogger()
    const first: Shape | undefined = undefined
    ${says(`[new Speaker(state.said).say(), Colour.Blue, data.number, process.env.GREETING, readFileSync('prompt.md', 'utf8'),
      logger.warn('The key is', { key: process.env.MY_API_KEY, count: 3 }) === logger].join(' ')`)}`,
  'src/view.tsx': `
    import { StateGraph } from '@langchain/langgraph'
    import { State } from './state'
    ${says('String(<p>{state.said}</p>)')}`,
  'commonjs/package.json': { type: 'commonjs' },
  'commonjs/helper.ts': "export const helper = (word: string): string => word + '!'",
  'commonjs/agent.ts': `
    import { Annotation, StateGraph } from '@langchain/langgraph'
    import { helper } from './helper'
    const { basename } = require('node:path')
    const State = Annotation.Root({ said: Annotation<string> })
    ${says('helper(basename(__dirname))')}`,
  'plain.cjs': `
    const { AIMessage } = require('@langchain/core/messages')
    const { MessagesAnnotation, StateGraph } = require('@langchain/langgraph')
    module.exports.graph = new StateGraph(MessagesAnnotation)
      .addNode('reply', ({ messages }) => ({ messages: [new AIMessage(String(messages.at(-1) instanceof require('@langchain/core/messages').HumanMessage))] }))
      .addEdge('__start__', 'reply').addEdge('reply', '__end__').compile()`,
  'src/prebuilt.ts': `
    import { createAgent, tool } from 'langchain'
    import { FakeListChatModel } from '@langchain/core/utils/testing'
    export const agent = createAgent({ model: new FakeListChatModel({ responses: ['done'] }), tools: [] })`,
  'src/missing.ts': "import { x } from '@acme/not-installed/sub'\nexport const graph = x",
  'src/keyless.ts': `
    if (!process.env.ACME_API_KEY) throw new Error('ACME_API_KEY is not set')
    export const graph = undefined`,
  // A second copy of LangGraph, which a graph of this process must not use.
  'node_modules/@langchain/langgraph/package.json': {
    name: '@langchain/langgraph',
    version: '0.2.9',
    type: 'module',
    exports: { '.': './index.js' },
  },
  'node_modules/@langchain/langgraph/index.js': "throw new Error('a second copy of LangGraph')",
}

let project: WrittenProject
let server: ServerProcess
beforeAll(async () => {
  project = writeProject(files)
  server = await startServerProcess(
    { DATABASE_URL: database(), AGENTS_CONFIG: project.config },
    undefined,
    project.folder,
  )
})
afterAll(async () => {
  await server?.end('SIGTERM')
  project?.remove()
})

const said = async (graph: string): Promise<unknown> =>
  Reflect.get(await server.client.runs.wait(null, graph, { input: { said: 'hello' } }), 'said')

test('TypeScript loads as elsewhere: paths with .js, types without type, enums, parameter properties, aliases, JSON', async () => {
  expect(await said('typescript')).toBe('hello blue 7 from the file Be brief. true')
})

test('JSX and modules of CommonJS load as elsewhere', async () => {
  expect(await said('jsx')).toBe('<p>hello</p>')
  expect(await said('commonjs')).toBe('commonjs!')
})

const hello = { messages: [{ role: 'user', content: 'hello' }] }

test("a graph uses the server's copy of LangGraph, so that messages are instances of the classes that it imports", async () => {
  const values = await server.client.runs.wait(null, 'javascript', { input: hello })
  expect(values).toMatchObject({ messages: [{}, { type: 'ai', content: 'true' }] })
  expect(server.log.join('\n')).toContain(
    'The project has @langchain/langgraph 0.2.9, which is too old for this server. Its graphs run with 1.',
  )
})

test('an agent of createAgent is served without a change', async () => {
  const values = await server.client.runs.wait(null, 'prebuilt', { input: hello })
  expect(values).toMatchObject({ messages: [{}, { type: 'ai', content: 'done' }] })
})

test("the SDK's getLogger writes to the log of the server, without secrets", async () => {
  await said('typescript')
  const line = server.log.map((text) => JSON.parse(text)).find(({ event }) => event === 'agent_log')
  expect(line).toMatchObject({ level: 'warn', logger: 'agent', text: 'The key is', fields: { count: 3 } })
  expect(server.log.join('\n')).not.toContain(secret)
})

test('each graph that can not be loaded is listed with its reason and with what to do, and the log has it', async () => {
  const listed = await server.client.assistants.search({ limit: 20 })
  const problems = Object.fromEntries(
    listed.flatMap(({ graph_id, metadata }) => (metadata?.problem ? [[graph_id, metadata.problem]] : [])),
  )
  expect(problems).toEqual({
    missing: expect.stringMatching(
      /Cannot find package '@acme\/not-installed'.*Install the package: run "npm install" in/,
    ),
    keyless: expect.stringMatching(
      /ACME_API_KEY is not set\. Set the key in the environment of the server, or in the file/,
    ),
  })
  const logged = server.log.filter((line) => line.includes('"event":"graph_unavailable"'))
  expect(logged).toHaveLength(2)
  expect(listed.find(({ graph_id }) => graph_id === 'typescript')?.description).toBe('Uses all of TypeScript')
})

test('a variable of the server in the file of env has no effect, and the log says so', () => {
  expect(server.log.join('\n')).toContain('sets LOG_LEVEL, which the server reads itself')
  expect(server.log.join('\n')).toContain('\\"ui\\" has no effect')
})

test.each([
  ['auth', { auth: { path: './auth.ts:auth' } }, 'has a sign-in of its own, "auth.path"'],
  [
    'http.enable_custom_route_auth',
    { http: { app: './a.ts:app', enable_custom_route_auth: true } },
    'requires a sign-in for the routes of http.app',
  ],
  ['authh', { authh: {} }, 'unknown field "authh". Did you mean "auth"'],
])('a langgraph.json with %s does not start', async (_field, content, sentence) => {
  const closed = writeProject({ 'langgraph.json': { graphs: { a: './a.ts:a' }, ...content } })
  try {
    const { code, errors } = await runProgram([], { DATABASE_URL: database(), AGENTS_CONFIG: closed.config })
    expect([code, errors]).toEqual([1, expect.stringContaining(sentence)])
  } finally {
    closed.remove()
  }
})
