/** Text with commands to try with the running server. All work when pasted in the repository's root. */
export const nextSteps = (
  url: string,
  threadId: string,
  agent: string,
): string => `Try these commands in a second terminal (both stop when a call needs an approval):

curl -sN ${url}/threads/${threadId}/runs/stream -H 'content-type: application/json' -d '{
  "assistant_id": "${agent}", "stream_mode": "updates",
  "input": {"messages": [{"role": "user", "content": "What is a sync wave?"}]}}'

(cd packages/cli && node --input-type=module) <<'END'
import { Client } from '@langchain/langgraph-sdk'
const client = new Client({ apiUrl: '${url}' })
const { thread_id } = await client.threads.create()
const input = { messages: [{ role: 'user', content: 'What is a stack?' }] }
const run = client.runs.stream(thread_id, '${agent}', { input, streamMode: 'updates' })
for await (const { event, data } of run) console.log(event, JSON.stringify(data).slice(0, 200))
END

List the calls that wait for an approval; its last line approves one:

npx hadal approvals --url ${url}
`
