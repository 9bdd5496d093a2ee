import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clone, makeClone } from './fixtures/clone.ts'
import { statusWithHost } from './fixtures/status-with-host.ts'

const patience = { timeout: 300_000 }

let clone: Clone
let folder: string
beforeEach(() => {
  clone = makeClone()
  folder = join(clone.root, 'project')
  mkdirSync(folder)
})
afterEach(() => clone.remove())

const write = (name: string, content: string | object): void =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))

test('serves a project of its own in its folder, with its variables, and names each graph', patience, async () => {
  write('langgraph.json', { env: '.env', graphs: { good: './agent.ts:graph', bad: './bad.ts:graph' } })
  write('.env', 'GREETING=hello\nDATABASE_URL=postgres://elsewhere\n')
  write('prompt.md', 'Be brief.')
  write('bad.ts', "import 'not-installed'")
  write(
    'agent.ts',
    `import { readFileSync } from 'node:fs'
    import { Annotation, StateGraph } from '@langchain/langgraph'
    enum Word { Prompt = 'prompt.md' }
    const said = process.env.GREETING + ' ' + readFileSync(Word.Prompt, 'utf8')
    export const graph = new StateGraph(Annotation.Root({ said: Annotation<string> }))
      .addNode('say', () => ({ said })).addEdge('__start__', 'say').addEdge('say', '__end__')`,
  )
  const running = clone.hadal('up', '--config', folder)
  const [, url] = await running.until(/agent server on (http:\/\/\S+)/)
  await running.until(/Ctrl-C stops/)
  expect(running.text()).toMatch(/good +is served/)
  expect(running.text()).toMatch(/bad +can't be loaded: .*Cannot find (package|module) 'not-installed'.*npm install/)
  const response = await fetch(`${url}/runs/wait`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ assistant_id: 'good', input: {} }),
  })
  expect(await response.json()).toEqual({ said: 'hello Be brief.' })
  expect(readFileSync(join(folder, '.hadal/.gitignore'), 'utf8')).toBe('*\n')
  running.process.kill('SIGINT')
  expect(await running.ended).toBe(0)
  await clone.untilNothingRuns()
})

test('exits with 1 and a sentence without a langgraph.json, or with one that does not start', patience, async () => {
  const missing = clone.hadal('up', '--config', folder)
  expect([await missing.ended, missing.text()]).toEqual([1, expect.stringContaining('There is no file ')])
  write('langgraph.json', { env: ['A'], graphs: { one: './one.ts:graph' } })
  const wrong = clone.hadal('up', '--config', join(folder, 'langgraph.json'))
  expect([await wrong.ended, wrong.text()]).toEqual([1, expect.stringContaining('"env" is ["A"]. Use the path')])
})

test("signs users in by the project's own auth", patience, async () => {
  write('langgraph.json', { graphs: { good: './agent.ts:graph' }, auth: { path: './auth.ts:auth' } })
  write(
    'auth.ts',
    `import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth'
    export const auth = new Auth().authenticate((request) => {
      const user = request.headers.get('x-user')
      if (!user) throw new HTTPException(401, { message: 'Sign in first.' })
      return user
    })`,
  )
  write(
    'agent.ts',
    `import { Annotation, StateGraph } from '@langchain/langgraph'
    export const graph = new StateGraph(Annotation.Root({ said: Annotation<string> }))
      .addNode('say', () => ({ said: 'a' })).addEdge('__start__', 'say').addEdge('say', '__end__')`,
  )
  const running = clone.hadal('up', '--config', folder)
  const [, url] = await running.until(/agent server on (http:\/\/\S+)/)
  await running.until(/Ctrl-C stops/)
  expect(running.text()).toMatch(/good +is served/)
  const statusAs = async (headers: Record<string, string>) => (await fetch(`${url}/info`, { headers })).status
  expect([await statusAs({}), await statusAs({ 'x-user': 'ada' })]).toEqual([401, 200])
  // LangGraph Studio is let in without a check, so the server must refuse pages that reach it by a host name of their own (DNS rebinding).
  const ofStudio = (host: string) => statusWithHost(`${url}/info`, host, { 'x-auth-scheme': 'langsmith' })
  expect([await ofStudio('localhost'), await ofStudio('rebound.example.com')]).toEqual([200, 403])
  running.process.kill('SIGINT')
  expect(await running.ended).toBe(0)
  await clone.untilNothingRuns()
})
