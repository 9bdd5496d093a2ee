import { appendFileSync } from 'node:fs'
import type { AgentBuildConfig } from '@hadal/runtime/agents/agent-settings'
import { defineAgent } from '@hadal/runtime/agents/define-agent'
import { ScriptedModel } from '@hadal/runtime/fixtures/scripted-model'
import { AIMessage, type BaseMessage, HumanMessage, isToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { z } from 'zod'

/** Calls `pay` with what the newest message of a person holds as JSON, then repeats the tool's result. */
const model = new ScriptedModel((messages: readonly BaseMessage[]) => {
  const asked = messages.findLastIndex((message) => HumanMessage.isInstance(message))
  const result = messages.slice(asked + 1).findLast((message) => isToolMessage(message))
  if (result) return new AIMessage(result.text)
  const args: Record<string, unknown> = JSON.parse(messages[asked]?.text ?? '{}')
  return new AIMessage({ content: '', tool_calls: [{ name: 'pay', args, id: `call_${asked}`, type: 'tool_call' }] })
})

/** Has its effect in a file outside the process. */
const pay = tool(
  ({ file, amount }) => {
    appendFileSync(file, `paid ${amount}\n`)
    return `paid ${amount}`
  },
  { name: 'pay', description: 'Pays', schema: z.object({ file: z.string(), amount: z.number() }) },
)

/** An agent whose one tool needs an approval. */
export const graph = ({ platform }: AgentBuildConfig) =>
  defineAgent({ name: 'payer', model, tools: [pay], approvals: { also: ['pay'] } }, platform)
