import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { createAgent, fakeModel } from 'langchain'
import { expect, test } from 'vitest'
import { createTodosMiddleware } from './todos.ts'

const plan = (id: string, content: string) => ({
  id,
  name: 'write_todos',
  args: { todos: [{ content, status: 'pending' }] },
})

async function run(...calls: ReturnType<typeof plan>[]) {
  const model = fakeModel()
    .respond(new AIMessage({ content: '', tool_calls: calls }))
    .respond(new AIMessage('Done.'))
  const agent = createAgent({ model, middleware: [createTodosMiddleware()] })
  const result = await agent.invoke({ messages: [new HumanMessage('Plan.')] })
  return { agent, todos: 'todos' in result ? result.todos : undefined, messages: result.messages }
}

test('writes a plan into the state', async () => {
  expect((await run(plan('1', 'look'))).todos).toEqual([{ content: 'look', status: 'pending' }])
})

test('rejects all plans that one answer writes at the same time, with an error for the model', async () => {
  const { todos, messages } = await run(plan('1', 'look'), plan('2', 'leap'))
  expect(todos ?? []).toEqual([])
  const answers = messages.filter((message) => ToolMessage.isInstance(message))
  expect(answers.map(({ status }) => status)).toEqual(['error', 'error'])
  expect(answers[0]?.text).toContain('Call it once.')
})

test('adds no step to the graph', async () => {
  const { agent } = await run(plan('1', 'look'))
  expect(Object.keys(agent.graph.nodes)).not.toContainEqual(expect.stringContaining('after_model'))
})
