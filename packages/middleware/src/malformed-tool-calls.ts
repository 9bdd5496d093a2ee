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
 * The names of the tools whose call came with arguments that are no whole JSON object. LangChain lists those that it can't read, but
 * completes a text that breaks off: `{"path": "/a` would be called as `{path: '/a'}`. So the text itself is looked at, where it streamed.
 */
export function malformedToolCalls(message: unknown): string[] {
  if (!AIMessage.isInstance(message)) return []
  const unreadable = (message.invalid_tool_calls ?? []).map(({ name }) => name ?? 'unknown')
  if (!(message instanceof AIMessageChunk)) return unreadable
  const texts = new Map<unknown, { name: string; args: string }>()
  for (const chunk of message.tool_call_chunks ?? []) {
    // A custom tool of OpenAI's takes any text.
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
