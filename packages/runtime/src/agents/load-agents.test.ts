import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeAgent } from './define-agent.ts'
import { describeAgents } from './describe-agents.ts'
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
  for (const agent of agents.values()) {
    const { graph } = await agent.load({ configurable: {} })
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
  expect((await agents.get('deep')?.load({ configurable: {} }))?.graph.lg_is_pregel).toBe(true)
  // Clients may set the fields that the author declared, but not the options of its middleware.
  expect(agents.get('deep')?.clientContext).toEqual(['language'])
})

test('calls a function for each use, with the settings of the server and the configuration of the use', async () => {
  write(
    'settings.ts',
    `${builder}
    export const make = async ({ settings, configurable }) => {
      const word = settings.documentsFolder + (configurable.suffix ?? '')
      return new StateGraph(State).addNode('say', () => ({ said: word })).addEdge(START, 'say').addEdge('say', END)
    }`,
  )
  const file = config({ graphs: { one: { path: './settings.ts:make', description: 'Says it' } } })
  const { agents } = await loadAgents(file, { documentsFolder: '/documents' })
  const agent = agents.get('one')
  expect(agent).toMatchObject({ description: 'Says it', builtForEachUse: true })
  const said = async (configurable: object): Promise<unknown> =>
    (await agent?.load({ configurable: { ...configurable } }))?.graph.invoke({ said: '' })
  expect(await said({ suffix: '/a' })).toEqual({ said: '/documents/a' })
  expect(await said({})).toEqual({ said: '/documents' })
})

const definesAgent = `
  import { defineAgent } from '${join(import.meta.dirname, 'define-agent.ts')}'
  const agent = (except) => defineAgent({ name: 'writer', model: 'anthropic:never-called', approvals: { except } }, undefined)
`

test('builds an agent of defineAgent once, without the configuration of a client', async () => {
  write(
    'defines.ts',
    `${definesAgent}
    export const make = ({ configurable }) => agent(configurable.loose ? { write_file: { under: ['/'] } } : {})`,
  )
  const { agents } = await loadAgents(config({ graphs: { writer: './defines.ts:make' } }))
  const writer = agents.get('writer')
  const [strict, loose] = [
    await writer?.load({ configurable: {} }),
    await writer?.load({ configurable: { loose: true } }),
  ]
  expect(loose?.graph).toBe(strict?.graph)
  expect(writer).toMatchObject({ builtForEachUse: false, recorded: { name: 'writer' } })
  expect(writer?.recorded).toEqual(describeAgent(loose?.graph ?? {}))
})

test('a function whose agent defineAgent refuses is broken, whatever the configuration of a run is', async () => {
  write('wrong.ts', `${definesAgent}${builder}\nexport const make = () => agent({ wirte_file: { under: ['/'] } })`)
  const { agents, notices } = await loadAgents(
    config({ graphs: { wrong: './wrong.ts:make', one: './wrong.ts:builder' } }),
  )
  expect(agents.get('wrong')?.problem).toContain('approvals.except names the tool "wirte_file"')
  expect(notices).toEqual([])
})

test('refuses an agent of defineAgent that a function returns only for the configuration of a client', async () => {
  write(
    'hides.ts',
    `${definesAgent}${builder}
    export const fails = ({ configurable }) => agent(configurable.except.value)
    export const other = ({ configurable }) => (configurable.except ? agent({}) : builder)`,
  )
  const { agents, notices } = await loadAgents(
    config({ graphs: { fails: './hides.ts:fails', other: './hides.ts:other' } }),
  )
  expect(notices).toEqual([
    expect.stringMatching(/graph "fails": building "fails" of .* failed: .* Each run calls it again/),
  ])
  for (const id of ['fails', 'other']) {
    const loaded = agents.get(id)?.load({ configurable: { except: { value: {} } } })
    await expect(loaded).rejects.toThrow('returned an agent of defineAgent only for the configuration of this run')
  }
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

test('reports every wrong entry of a file at once', async () => {
  const problems = await problemsOf(
    config({
      graphs: { noExport: './some.ts', number: 7, extra: { path: './some.ts:first', describe: 'x' } },
    }),
  )
  expect(problems).toEqual([
    expect.stringContaining(
      'graph "noExport" is "./some.ts", without the name of an export. Use "./some.ts:exportName".',
    ),
    expect.stringContaining('graph "number" is 7. Use "./file.ts:exportName"'),
    expect.stringContaining('graph "extra" has the unknown field "describe". The fields are path and description.'),
  ])
})

const brokenGraphs = {
  noModule: './absent.ts:agent',
  throwing: './throws.ts:agent',
  misspelt: './some.ts:frist',
  bare: './empty.ts:agent',
  value: './some.ts:first',
  list: './some.ts:second',
  type: './some.ts:Third',
  rejected: './some.ts:rejected',
}
const writeBroken = (): void => {
  write('throws.ts', "throw new Error('no network today')")
  write(
    'some.ts',
    `export const first = 1, second = [], Third = class {}, rejected = Promise.reject(new Error('no model'))
    rejected.catch(() => {})
    export const bad = () => { throw new Error('no key') }
    export const nothing = () => undefined`,
  )
  write('empty.ts', 'export {}')
}

test('lists each graph that can not be loaded with its reason, and serves the others', async () => {
  writeBroken()
  write('graph.ts', builder)
  const { agents } = await loadAgents(config({ graphs: { ...brokenGraphs, good: './graph.ts:builder' } }))
  const about = (id: string): string => agents.get(id)?.problem ?? ''
  expect(about('good')).toBe('')
  expect((await agents.get('good')?.load({ configurable: {} }))?.graph.lg_is_pregel).toBe(true)
  expect(about('noModule')).toContain(`but the file ${join(folder, 'absent.ts')} does not exist. Correct the path`)
  expect(about('throwing')).toContain('importing ./throws.ts failed: no network today. Correct the module.')
  expect(about('misspelt')).toContain('names the export "frist" of ./some.ts, but it exports')
  expect(about('misspelt')).toMatch(/first.*second|second.*first/)
  expect(about('bare')).toContain('but it exports nothing')
  expect(about('value')).toContain('is the number 1, not a graph. Export a compiled graph')
  expect(about('list')).toContain('is an array, not a graph')
  expect(about('type')).toContain('is a class, not a graph')
  expect(about('rejected')).toContain('building "rejected" of ./some.ts failed: no model. Correct the module.')
  await expect(agents.get('value')?.load({ configurable: {} })).rejects.toThrow('is the number 1, not a graph')
})

test('reports the problem of every graph if none can be loaded', async () => {
  writeBroken()
  expect(await problemsOf(config({ graphs: brokenGraphs }))).toHaveLength(Object.keys(brokenGraphs).length)
})

test('a description is refused while one of the graphs can not be loaded', async () => {
  writeBroken()
  write('graph.ts', builder)
  const described = describeAgents(config({ graphs: { value: './some.ts:first', good: './graph.ts:builder' } }))
  await expect(described).rejects.toThrow('is the number 1, not a graph')
})

test('an agent of defineAgent whose function fails at the start is loaded when the function succeeds', async () => {
  write(
    'late.ts',
    `${definesAgent}
    let calls = 0
    export const make = () => {
      calls += 1
      if (calls === 1) throw new Error('the MCP server is away')
      return agent({})
    }`,
  )
  const { agents } = await loadAgents(config({ graphs: { late: './late.ts:make' } }))
  const load = async () => (await agents.get('late')?.load({ configurable: {} }))?.graph
  const graph = await load()
  expect(describeAgent(graph ?? {})).toMatchObject({ name: 'writer' })
  expect(await load()).toBe(graph)
})

test('a function that fails without a configuration is called again for each use, and its failure names it', async () => {
  writeBroken()
  const { agents, notices } = await loadAgents(
    config({ graphs: { bad: './some.ts:bad', nothing: './some.ts:nothing' } }),
  )
  expect(notices.join('\n')).toMatch(/no key[\s\S]*nothing|nothing[\s\S]*no key/)
  const load = (id: string) => agents.get(id)?.load({ configurable: {} })
  await expect(load('bad')).rejects.toThrow('building "bad" of ./some.ts failed: no key. Correct the module.')
  await expect(load('nothing')).rejects.toThrow('is a function that returned undefined, not a graph')
})
