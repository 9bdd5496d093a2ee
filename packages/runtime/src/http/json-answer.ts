import { jsonTextInTurns } from '../store/json-text.ts'

/** Creates a JSON response in the format of the LangGraph API: messages are plain objects. */
export const jsonAnswer = async (value: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  new Response(await jsonTextInTurns(value), { headers: { 'content-type': 'application/json', ...headers } })
