import type { ApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import { tool } from '@langchain/core/tools'
import { Command, MemorySaver } from '@langchain/langgraph'
import { createMiddleware } from 'langchain'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineAgent, describeAgent } from './define-agent.ts'
import { productionStackNames } from './production-stack.ts'

/** Model that calls the tool that the first message names in JSON once, and then stops. */
class ObedientModel extends BaseChatModel {
  _llmType(): string {
    return 'obedient'
  }
  override bindTools(): this {
    return this
  }
  async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const order = messages.find((message) => HumanMessage.isInstance(message))?.text ?? ''
    const done = messages.some((message) => ToolMessage.isInstance(message))
    const message = done
      ? new AIMessage('done')
      : new AIMessage({ content: '', tool_calls: [{ id: 'call', ...JSON.parse(order) }] })
    return { generations: [{ text: message.text, message }] }
  }
}

const definition = {
  name: 'tester',
  model: new ObedientModel({}),
  subagents: [{ name: 'helper', description: 'Helps', systemPrompt: 'Help.' }],
  approvals: { except: { write_file: { under: ['/notes/'] } } },
} as const

const write = (path: string) => ({ name: 'write_file', args: { file_path: path, content: 'text' } })
const delegate = (to: string, call: object) => ({
  name: 'task',
  args: { subagent_type: to, description: JSON.stringify(call) },
})

async function start(call: object, given: Partial<Parameters<typeof defineAgent>[0]> = {}) {
  const agent = defineAgent({ ...definition, ...given }, undefined).graph
  agent.checkpointer = new MemorySaver()
  const config = { configurable: { thread_id: '1' } }
  const result = await agent.invoke({ messages: [new HumanMessage(JSON.stringify(call))] }, config)
  const interrupts = '__interrupt__' in result ? (result.__interrupt__ as { value: ApprovalRequest }[]) : []
  const asked = interrupts.flatMap((interrupt) => interrupt.value.actionRequests)
  const decide = (type: string) =>
    agent.invoke(
      new Command({ resume: { decisions: [{ type }], digest: interrupts[0]?.value.approval.digest } }),
      config,
    )
  return { agent, config, asked, decide, files: result.files ?? {} }
}

test('a write waits for approval, and is executed after it', async () => {
  const { asked, decide } = await start(write('/reports/a.md'))
  expect(asked).toMatchObject([{ name: 'write_file', args: { file_path: '/reports/a.md' } }])
  const result = await decide('approve')
  expect(Object.keys(result.files ?? {})).toEqual(['/reports/a.md'])
})

test.for([undefined, 'helper'])(
  'the author sets the text of a question, which does not repeat the arguments',
  async (to) => {
    const questions = { write_file: '{file_path} 파일을 쓸까요?' }
    const call = write('/reports/a.md')
    const { asked, decide } = await start(to ? delegate(to, call) : call, { approvals: { questions } })
    expect(asked).toEqual([{ ...call, description: '/reports/a.md 파일을 쓸까요?' }])
    await decide('approve')
    const usual = await start(call)
    expect(usual.asked).toEqual([{ ...call, description: 'A call of write_file waits for approval.' }])
  },
)

test('a rejected write is not executed', async () => {
  const { decide } = await start(write('/reports/a.md'))
  const result = await decide('reject')
  expect(result.files ?? {}).toEqual({})
})

test('a write to an exempted folder does not wait', async () => {
  const { asked, files } = await start(write('/notes/a.md'))
  expect(asked).toEqual([])
  expect(Object.keys(files)).toEqual(['/notes/a.md'])
})

test.for(['helper', 'general-purpose'])('the rules apply in the subagent %s', async (subagent) => {
  expect((await start(delegate(subagent, write('/reports/a.md')))).asked).toMatchObject([{ name: 'write_file' }])
  expect(Object.keys((await start(delegate(subagent, write('/notes/a.md')))).files)).toEqual(['/notes/a.md'])
})

test('the agent plans with write_todos', async () => {
  const todos = [{ content: 'look', status: 'pending' }]
  const { agent, config } = await start({ name: 'write_todos', args: { todos } })
  expect((await agent.getState(config)).values.todos).toEqual(todos)
})

test('the description contains the stack in order and every rule, for the agent and for its graph', () => {
  const agent = defineAgent(definition, undefined)
  const approvals = [
    { tool: 'write_file', asks: 'always', exceptUnder: ['/notes/'] },
    { tool: 'edit_file', asks: 'always' },
    { tool: 'delete', asks: 'always' },
    { tool: 'execute', asks: 'on words', words: ['rm', 'delete', 'drop', 'truncate'] },
  ]
  expect(describeAgent(agent)).toEqual({
    name: 'tester',
    model: 'obedientmodel',
    stack: [...productionStackNames({ responseCache: true }), 'approvals'],
    allowedFindings: [],
    approvals,
    backend: 'web',
    subagents: [
      { name: 'general-purpose', model: 'obedientmodel', approvals },
      { name: 'helper', model: 'obedientmodel', approvals },
    ],
  })
  expect(describeAgent(agent.graph)).toEqual(describeAgent(agent))
  expect(describeAgent({})).toBeUndefined()
})

test('the exceptions of an agent are typed, and its description shows them', () => {
  const agent = defineAgent({ ...definition, responseCache: false, allowedFindings: ['system-line'] }, undefined)
  expect(describeAgent(agent)?.allowedFindings).toEqual(['system-line'])
  expect(describeAgent(defineAgent(definition, undefined))?.stack).toContain('response-cache')
  expect(describeAgent(agent)?.stack).not.toContain('response-cache')
  expect(() => defineAgent({ ...definition, allowedFindings: ['sytem-line'] }, undefined)).toThrow(
    'Agent "tester" allows findings of the input validation rules sytem-line, which do not exist. The rules are ',
  )
})

test('rejects a compiled subagent, to which approvals would not apply', () => {
  const compiled = { name: 'sealed', description: 'Sealed', runnable: defineAgent(definition, undefined) }
  expect(() => defineAgent({ ...definition, subagents: [compiled] }, undefined)).toThrow(
    'Subagent "sealed" of agent "tester" is already compiled, so approvals can\'t reach it. Give its systemPrompt and tools instead.',
  )
})

test("an agent without a model gets the environment's, which its description shows; a named model stays", () => {
  const { model: _, ...nameless } = definition
  const subagents = [
    ...definition.subagents,
    { name: 'other', description: 'Other', systemPrompt: 'Go.', model: 'openai:gpt-5.6' as const },
  ]
  expect(describeAgent(defineAgent({ ...nameless, subagents }, undefined))).toMatchObject({
    model: 'environment',
    subagents: [
      { name: 'general-purpose', model: 'environment' },
      { name: 'helper', model: 'environment' },
      { name: 'other', model: 'openai:gpt-5.6' },
    ],
  })
  expect(describeAgent(defineAgent({ ...nameless, model: 'anthropic:claude-opus-5' }, undefined))).toMatchObject({
    model: 'anthropic:claude-opus-5',
    subagents: [{ model: 'anthropic:claude-opus-5' }, { model: 'anthropic:claude-opus-5' }],
  })
})

test('without any model the stand-in answers, and without a stand-in the error names what is missing', async () => {
  const { model, ...nameless } = definition
  const say = { messages: [new HumanMessage(JSON.stringify({ name: 'ls', args: { path: '/' } }))] }
  const { messages } = await defineAgent({ ...nameless, standIn: model }, undefined).invoke(say)
  expect(messages.at(-1)?.text).toBe('done')
  await expect(defineAgent(nameless, undefined).invoke(say)).rejects.toThrow(
    'Agent "tester" names no model, but this server has no models. Set MODEL_DEFAULT and the key of its provider, such as ANTHROPIC_API_KEY.',
  )
})

test.each([
  ['also', { also: ['publsh_release'] }, 'Did you mean "publish_release"?'],
  ['also, of a subagent', { also: ['cout'] }, 'Did you mean "count"?'],
  ['except', { except: { write_fil: 'entirely' } }, 'Did you mean "write_file"?'],
  ['questions', { questions: { '*': '?', exekute: 'Run?' } }, 'Did you mean "execute"?'],
  ['also, near to nothing', { also: ['xyz'] }, 'The tools are ls, '],
  ['also, at run time only', { also: ['crm_delete'] }, 'must be in the `tools` of that middleware as well'],
])('rejects an unknown tool in approvals and suggests the nearest one: %s', (_where, approvals, words) => {
  const named = (name: string) => tool(() => '', { name, description: name, schema: z.object({}) })
  const define = (given: object) =>
    defineAgent(
      {
        ...definition,
        tools: [named('publish_release')],
        subagents: [{ ...definition.subagents[0], tools: [named('count')] }],
        approvals: given,
      },
      undefined,
    )
  expect(() => define(approvals)).toThrow(words)
  expect(() => define({ also: ['publish_release', 'count', 'task'] })).not.toThrow()
})

test('a tool of a middleware waits for approval before the middleware executes another tool in its place', async () => {
  const deleted: string[] = []
  const named = (description: string, execute: () => string) =>
    tool(execute, { name: 'crm_delete', description, schema: z.object({}) })
  const ofUser = named('Deletes for this user', () => {
    deleted.push('for this user')
    return 'gone'
  })
  const perUser = createMiddleware({
    name: 'per-user',
    tools: [named('Stands for the tool of each user', () => 'nobody')],
    wrapToolCall: (request, handler) =>
      handler(request.toolCall.name === 'crm_delete' ? { ...request, tool: ofUser } : request),
  })
  const given = { middleware: [perUser], approvals: { also: ['crm_delete'] } }
  const { asked, decide } = await start({ name: 'crm_delete', args: {} }, given)
  expect(asked).toMatchObject([{ name: 'crm_delete' }])
  expect(deleted).toEqual([])
  await decide('approve')
  expect(deleted).toEqual(['for this user'])
})
