import { jsonTextInTurns } from '../store/json-text.ts'

/** An answer in JSON as the LangGraph API writes it: messages as plain objects. */
export const jsonAnswer = async (value: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  new Response(await jsonTextInTurns(value), { headers: { 'content-type': 'application/json', ...headers } })
