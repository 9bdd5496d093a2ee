import { callTool, ScriptedModel } from '@hadal/runtime/fixtures/scripted-model'
import { AIMessage, isHumanMessage, isToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { createDeepAgent } from 'deepagents'
import { z } from 'zod'

/** Number of tool calls of each turn, one after another. */
const callsPerTurn = 2

/** Model that calls a tool some times in each turn, and then answers. */
const model = new ScriptedModel((messages) => {
  const begin = messages.findLastIndex((message) => isHumanMessage(message))
  const used = messages.slice(begin).filter((message) => isToolMessage(message)).length
  if (used < callsPerTurn) return callTool('look', { query: `question ${used}` }, `call_${messages.length}`)
  return new AIMessage(`An answer of some sentences. ${'It tells what the tools found. '.repeat(15)}`)
})

let calls = 0
const look = tool(
  ({ query }) => {
    calls += 1
    return `Result ${calls} for ${query}. ${Array.from({ length: 40 }, (_, index) => `Line ${index} of ${calls * 7919}.`).join(' ')}`
  },
  { name: 'look', description: 'Looks something up', schema: z.object({ query: z.string() }) },
)

/** Deep agent with a scripted model and a tool that answers about 1 KB. */
export const graph = createDeepAgent({ model, tools: [look] })
