import { AIMessage, AIMessageChunk } from '@langchain/core/messages'
import { isRecord } from './unknown-value.ts'

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text || '{}')
    return isRecord(value)
  } catch {
    return false
  }
}

/**
 * Names of the tools that a message calls with arguments that are not a complete JSON object. LangChain lists calls that it can't parse, but
 * completes a truncated text: `{"path": "/a` becomes `{path: '/a'}`. Therefore the text of a streamed message is checked itself.
 */
export function malformedToolCalls(message: unknown): string[] {
  if (!AIMessage.isInstance(message)) return []
  const unreadable = (message.invalid_tool_calls ?? []).map(({ name }) => name ?? 'unknown')
  if (!(message instanceof AIMessageChunk)) return unreadable
  const texts = new Map<unknown, { name: string; args: string }>()
  for (const chunk of message.tool_call_chunks ?? []) {
    // OpenAI's custom tools accept any text.
    if ('isCustomTool' in chunk) continue
    const { id, index, name, args } = chunk
    const key = index ?? id
    const call = texts.get(key) ?? { name: '', args: '' }
    texts.set(key, { name: call.name || (name ?? ''), args: call.args + (args ?? '') })
  }
  const broken = [...texts.values()]
    .filter(({ args }) => !isJsonObject(args.trim()))
    .map(({ name }) => name || 'unknown')
  return [...new Set([...unreadable, ...broken])]
}
