import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LoadAgentsError, loadAgents } from './load-agents.ts'

/** Temporary folder inside the package, so that the modules in it can import LangGraph. */
let folder: string

beforeEach(() => {
  const ignored = join(import.meta.dirname, '../../.hadal')
  mkdirSync(ignored, { recursive: true })
  folder = mkdtempSync(join(ignored, 'agents-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const config = (content: unknown): string => write('langgraph.json', JSON.stringify(content))

const builder = `
  import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
  const State = Annotation.Root({ said: Annotation<string> })
  export const builder = new StateGraph(State)
    .addNode('say', (state) => ({ said: state.said + '!' })).addEdge(START, 'say').addEdge('say', END)
`

async function problemsOf(file: string): Promise<readonly string[]> {
  const error = await loadAgents(file).catch((caught: unknown) => caught)
  if (!(error instanceof LoadAgentsError)) throw new Error(`expected problems, got ${JSON.stringify(error)}`)
  expect(error.message).not.toContain('    at ')
  return error.problems
}

test('loads and runs a compiled graph, a builder, and functions that return them', async () => {
  write(
    'forms.ts',
    `${builder}
    export const compiled = builder.compile()
    export const made = () => builder
    export const awaited = async () => builder.compile()
    export default builder.compile()`,
  )
  const names = ['compiled', 'builder', 'made', 'awaited', 'default']
  const file = config({ graphs: Object.fromEntries(names.map((name) => [name, `./forms.ts:${name}`])) })
  const { agents } = await loadAgents(file)
  expect([...agents.keys()]).toEqual(names)
  for (const { graph } of agents.values()) {
    expect(await graph.invoke({ said: 'hello' })).toEqual({ said: 'hello!' })
  }
})

test('loads the graph inside an agent of LangChain or deepagents', async () => {
  write(
    'deep.ts',
    `import { createDeepAgent } from 'deepagents'
    import { FakeListChatModel } from '@langchain/core/utils/testing'
    import { z } from 'zod'
    export const agent = createDeepAgent({
      model: new FakeListChatModel({ responses: ['done'] }),
      contextSchema: z.object({ language: z.string() }),
    })`,
  )
  const { agents } = await loadAgents(config({ graphs: { deep: './deep.ts:agent' } }))
  expect(agents.get('deep')?.graph.lg_is_pregel).toBe(true)
  // Clients may set the fields that the author declared, but not the options of its middleware.
  expect(agents.get('deep')?.clientContext).toEqual(['language'])
})

test('passes the settings of the server to a function, and calls it once', async () => {
  write(
    'settings.ts',
    `${builder}
    let calls = 0
    export const make = (config) => {
      calls += 1
      if (config.settings.documentsFolder !== '/documents') throw new Error('no folder')
      if (Object.keys(config.configurable).length !== 0 || calls > 1) throw new Error('called ' + calls)
      return builder
    }`,
  )
  const file = config({ graphs: { one: { path: './settings.ts:make', description: 'Says it' } } })
  const { agents } = await loadAgents(file, { documentsFolder: '/documents' })
  expect(agents.get('one')?.description).toBe('Says it')
})

test('accepts the fields of the LangGraph CLI for building, and reports that env has no effect', async () => {
  write('graph.ts', builder)
  const file = config({
    $schema: 'https://langgra.ph/schema.json',
    node_version: '24',
    dependencies: ['.'],
    dockerfile_lines: [],
    env: '.env',
    graphs: { one: './graph.ts:builder' },
  })
  expect((await loadAgents(file)).notices).toEqual([
    `${file}: "env" has no effect: it is for the LangGraph CLI, and this server reads its own variables.`,
  ])
})

test('names a missing file', async () => {
  const file = join(folder, 'langgraph.json')
  expect(await problemsOf(file)).toEqual([
    `${file} can't be read: the file does not exist. Set AGENTS_CONFIG to the path of the agents' langgraph.json.`,
  ])
})

test('reports the line and column of invalid JSON', async () => {
  const [comma] = await problemsOf(write('langgraph.json', '{\n  "graphs": {\n    "one": "./a.ts:b",\n  }\n}'))
  expect(comma).toMatch(/langgraph\.json is not valid JSON at line 4, column 3: .*\. Correct it\.$/)
  const [cut] = await problemsOf(write('langgraph.json', '{\n  "graphs": {'))
  expect(cut).toContain('is not valid JSON at line 2, column 14')
  expect(await problemsOf(write('langgraph.json', '[]'))).toEqual([expect.stringContaining('is not a JSON object')])
})

test('shows an example for a file without graphs', async () => {
  for (const content of [{}, { graphs: {} }, { graphs: [] }]) {
    expect(await problemsOf(config(content))).toEqual([
      expect.stringMatching(/has no graphs\. Add at least one: "graphs"/),
    ])
  }
})

test('rejects an unknown field with the known ones, and a field that configures the server of the LangGraph CLI', async () => {
  write('graph.ts', builder)
  expect(
    await problemsOf(config({ graph: {}, auth: { path: './a.ts:b' }, graphs: { one: './graph.ts:builder' } })),
  ).toEqual([
    expect.stringMatching(/has the unknown field "graph"\. The fields are graphs, env, /),
    expect.stringMatching(
      /"auth" configures the LangGraph CLI's own server and has no effect in this server\. Remove it/,
    ),
  ])
})

test('reports every problem of every graph at once', async () => {
  write('throws.ts', "throw new Error('no network today')")
  write(
    'some.ts',
    'export const first = 1, second = [], Third = class {}\nexport const bad = () => { throw new Error("no model") }\nexport const nothing = () => undefined',
  )
  write('empty.ts', 'export {}')
  const problems = await problemsOf(
    config({
      graphs: {
        noExport: './some.ts',
        noModule: './absent.ts:agent',
        number: 7,
        extra: { path: './some.ts:first', describe: 'x' },
        throwing: './throws.ts:agent',
        misspelt: './some.ts:frist',
        bare: './empty.ts:agent',
        value: './some.ts:first',
        list: './some.ts:second',
        type: './some.ts:Third',
        failing: './some.ts:bad',
        nothing: './some.ts:nothing',
      },
    }),
  )
  const about = (id: string): string => problems.find((problem) => problem.includes(`graph "${id}"`)) ?? ''
  expect(problems).toHaveLength(12)
  expect(about('noExport')).toContain('is "./some.ts", without the name of an export. Use "./some.ts:exportName".')
  expect(about('noModule')).toContain(`but the file ${join(folder, 'absent.ts')} does not exist. Correct the path`)
  expect(about('number')).toContain('is 7. Use "./file.ts:exportName"')
  expect(about('extra')).toContain('has the unknown field "describe". The fields are path and description.')
  expect(about('throwing')).toContain('importing ./throws.ts failed: no network today. Correct the module.')
  expect(about('misspelt')).toContain('names the export "frist" of ./some.ts, but it exports')
  expect(about('misspelt')).toMatch(/first.*second|second.*first/)
  expect(about('bare')).toContain('but it exports nothing')
  expect(about('value')).toContain('is the number 1, not a graph. Export a compiled graph')
  expect(about('list')).toContain('is an array, not a graph')
  expect(about('type')).toContain('is a class, not a graph')
  expect(about('failing')).toContain('building "bad" of ./some.ts failed: no model. Correct the module.')
  expect(about('nothing')).toContain('is a function that returned undefined, not a graph')
})
