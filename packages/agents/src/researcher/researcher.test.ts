import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeAgent } from '@hadal/runtime/agents/define-agent'
import { loadGraph } from '@hadal/runtime/agents/load-graph'
import { Command, MemorySaver } from '@langchain/langgraph'
import { afterAll, beforeAll, expect, test } from 'vitest'

let documentsFolder: string
beforeAll(() => {
  documentsFolder = mkdtempSync(join(tmpdir(), 'documents-'))
  writeFileSync(join(documentsFolder, 'whales.md'), '# Whales\nThe blue whale is the largest animal.\n')
})
afterAll(() => rmSync(documentsFolder, { recursive: true, force: true }))

interface Result {
  messages: { text: string }[]
  files: Record<string, { content: string }>
  todos: { status: string }[]
  __interrupt__?: {
    value: { actionRequests: { name: string; args: Record<string, string> }[]; approval: { digest: string } }
  }[]
}

async function open(settings: { documentsFolder?: string }) {
  const graph = await loadGraph(join(import.meta.dirname, '../../langgraph.json'), 'researcher', settings)
  Object.assign(graph, { checkpointer: new MemorySaver() })
  const options = { configurable: { thread_id: '1' } }
  let digest: string | undefined
  const run = async (input: unknown): Promise<Result> => {
    const result = (await graph.invoke(input, options)) as Result
    digest = result.__interrupt__?.[0]?.value.approval.digest
    return result
  }
  return {
    graph,
    ask: (content: string) => run({ messages: [{ role: 'user', content }] }),
    decide: (decision: object) => run(new Command({ resume: { decisions: [decision], digest } })),
  }
}

const question = 'Which animal is the largest?'

test('the researcher takes a note, delegates the reading, and waits for approval before it writes its report', async () => {
  const result = await (await open({ documentsFolder })).ask(question)
  expect(Object.keys(result.files)).toEqual(['/notes/1-animal-largest.md'])
  expect(result.todos).toHaveLength(4)
  const [action] = result.__interrupt__?.[0]?.value.actionRequests ?? []
  expect(action?.name).toBe('write_file')
  expect(action?.args.file_path).toBe('/reports/1-animal-largest.md')
  expect(action?.args.content).toContain('> The blue whale is the largest animal.')
})

test('after an approval the report is written, every step is completed, and the answer quotes question and source', async () => {
  const { ask, decide } = await open({ documentsFolder })
  await ask(question)
  const result = await decide({ type: 'approve' })
  expect(result.files['/reports/1-animal-largest.md']?.content).toContain('whales.md, line 2')
  expect(result.todos.map(({ status }) => status)).toEqual(Array(4).fill('completed'))
  const answer = result.messages.at(-1)?.text
  expect(answer).toContain(`You asked: “${question}”`)
  expect(answer).toContain('whales.md, line 2, under “Whales”')
  expect(answer).toContain('A script wrote this, not a language model')
})

test('after a rejection no report is written, and the answer says so', async () => {
  const { ask, decide } = await open({ documentsFolder })
  await ask(question)
  const result = await decide({ type: 'reject', message: 'Not today.' })
  expect(Object.keys(result.files)).toEqual(['/notes/1-animal-largest.md'])
  expect(result.messages.at(-1)?.text).toContain('The report was not written: Not today.')
})

test('a second question of a thread gets its own files', async () => {
  const { ask, decide } = await open({ documentsFolder })
  await ask(question)
  await decide({ type: 'approve' })
  await ask('And whales?')
  const result = await decide({ type: 'approve' })
  expect(Object.keys(result.files)).toContain('/reports/2-whale.md')
  expect(result.messages.at(-1)?.text).toContain('You asked: “And whales?”')
})

test('without a folder of documents the answer says that there are no documents', async () => {
  const { ask, decide } = await open({})
  await ask(question)
  expect((await decide({ type: 'approve' })).messages.at(-1)?.text).toContain('There are no documents to read')
})

test('the description of the agent shows that only its notes need no approval', async () => {
  const { graph } = await open({})
  expect(describeAgent(graph)?.approvals).toEqual([
    { tool: 'write_file', asks: 'always', exceptUnder: ['/notes/'] },
    { tool: 'edit_file', asks: 'always', exceptUnder: ['/notes/'] },
    { tool: 'delete', asks: 'always' },
    { tool: 'execute', asks: 'on words', words: ['rm', 'delete', 'drop', 'truncate'] },
  ])
  expect(describeAgent(graph)?.subagents.map(({ name }) => name)).toEqual(['general-purpose', 'document-reader'])
})
