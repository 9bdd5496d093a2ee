import { appendFileSync, existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { AgentBuildConfig } from '@hadal/runtime/agents/agent-settings'
import { defineAgent } from '@hadal/runtime/agents/define-agent'
import { ScriptedModel } from '@hadal/runtime/fixtures/scripted-model'
import { AIMessage, type BaseMessage, HumanMessage, isToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { z } from 'zod'

/** A model that calls the tool in the JSON of the newest user message, by default `pay`, and then repeats the tool's result. */
const model = new ScriptedModel((messages: readonly BaseMessage[]) => {
  const asked = messages.findLastIndex((message) => HumanMessage.isInstance(message))
  const result = messages.slice(asked + 1).findLast((message) => isToolMessage(message))
  if (result) return new AIMessage(result.text)
  const { name = 'pay', ...args }: { name?: string } = JSON.parse(messages[asked]?.text ?? '{}')
  return new AIMessage({ content: '', tool_calls: [{ name, args, id: `call_${asked}`, type: 'tool_call' }] })
})

const schema = z.object({
  file: z.string(),
  amount: z.number(),
  /** Path of a file. The tool call ends when the file exists; without a path, it ends at once. */
  gate: z.string().optional(),
})

/** A tool that appends one line per execution to a file outside the process. */
const effective = (name: string, done: string) =>
  tool(
    async ({ file, amount, gate }) => {
      appendFileSync(file, `${done} ${amount}\n`)
      while (gate && !existsSync(gate)) await pause(20)
      return `${done} ${amount}`
    },
    { name, description: 'Has an effect', schema },
  )

const tools = [effective('pay', 'paid'), effective('send', 'sent')]

/** An agent with a tool that needs an approval and one that does not. */
export const graph = ({ platform }: AgentBuildConfig) =>
  defineAgent({ name: 'payer', model, tools, approvals: { also: ['pay'] } }, platform)
