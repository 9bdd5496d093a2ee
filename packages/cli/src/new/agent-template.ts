/** Source code of a new agent: a minimal template to be changed. */
export const agentSource = (
  name: string,
  exported: string,
): string => `import type { AgentBuildConfig } from '@hadal/runtime/agents/agent-settings'
import { defineAgent } from '@hadal/runtime/agents/define-agent'
import { type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { ScriptedModel, type ScriptedReply } from '../models/scripted-model.ts'

const systemPrompt = \`You answer questions. If an answer is longer than a screen, write it to /answers/<short-name>.md. A person approves every
file before it is written; if one is rejected, ask what should change.\`

/** Scripted replies of the agent without a model's key, so that its test and its demonstration need no key. */
function script(messages: readonly BaseMessage[]): ScriptedReply {
  const written = messages.findLast((message) => ToolMessage.isInstance(message))
  if (written) return { text: \`The result of the tool: \${written.text}\` }
  const content = \`\${messages.at(-1)?.text ?? ''}\\n\`
  return {
    text: 'I write your question down.',
    call: { name: 'write_file', args: { file_path: '/answers/question.md', content } },
  }
}

/** Answers questions. Writing a file needs an approval. */
export function ${exported}({ platform }: AgentBuildConfig): ReturnType<typeof defineAgent> {
  return defineAgent(
    {
      name: '${name}',
      standIn: new ScriptedModel(script),
      systemPrompt,
    },
    platform,
  )
}
`

/** Source code of a new agent's test. It loads the agent through langgraph.json, as the server does. */
export const agentTestSource = (name: string): string => `import { join } from 'node:path'
import { loadGraph } from '@hadal/runtime/agents/load-graph'
import { Command, MemorySaver } from '@langchain/langgraph'
import { expect, test } from 'vitest'

interface Result {
  messages: { text: string }[]
  files?: Record<string, { content: string }>
  __interrupt__?: { value: { actionRequests: { name: string }[]; approval: { digest: string } } }[]
}

async function open() {
  const graph = await loadGraph(join(import.meta.dirname, '../../langgraph.json'), '${name}')
  Object.assign(graph, { checkpointer: new MemorySaver() })
  let digest: string | undefined
  const run = async (input: unknown): Promise<Result> => {
    const result = (await graph.invoke(input, { configurable: { thread_id: '1' } })) as Result
    digest = result.__interrupt__?.[0]?.value.approval.digest
    return result
  }
  return {
    ask: (content: string) => run({ messages: [{ role: 'user', content }] }),
    decide: (decision: object) => run(new Command({ resume: { decisions: [decision], digest } })),
  }
}

test('requests an approval before it writes a file', async () => {
  const result = await (await open()).ask('What is a thread?')
  expect(result.__interrupt__?.[0]?.value.actionRequests.map(({ name }) => name)).toEqual(['write_file'])
  expect(Object.keys(result.files ?? {})).toEqual([])
})

test('writes the file after an approval', async () => {
  const { ask, decide } = await open()
  await ask('What is a thread?')
  const result = await decide({ type: 'approve' })
  expect(result.files?.['/answers/question.md']?.content).toContain('What is a thread?')
})

test('writes no file after a rejection, and the agent gets the reason', async () => {
  const { ask, decide } = await open()
  await ask('What is a thread?')
  const result = await decide({ type: 'reject', message: 'Not there.' })
  expect(Object.keys(result.files ?? {})).toEqual([])
  expect(result.messages.at(-1)?.text).toContain('Not there.')
})
`
