import { jsonText } from '../store/json-text.ts'

/** An answer in JSON as the LangGraph API writes it: messages as plain objects. */
export const jsonAnswer = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(jsonText(value), { headers: { 'content-type': 'application/json', ...headers } })
