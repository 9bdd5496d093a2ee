import type { Served } from '../run-path/served.ts'

/** Answer that a model streams, and the modes in which a client asks for it. */
export interface AskedAnswer {
  readonly tokens: number
  readonly perSecond: number
  readonly streamMode: readonly ('messages-tuple' | 'messages')[]
}

/**
 * Streams an answer on a new thread. The client splits the stream into lines itself, because the SDK's own work would use the machine that is measured.
 *
 * @param onEvent called for each event of the stream with its name
 */
export async function streamAnswer(
  { client, url, graph }: Served,
  { tokens, perSecond, streamMode }: AskedAnswer,
  onEvent: (name: string) => void,
): Promise<void> {
  const { thread_id } = await client.threads.create()
  const input = { messages: [{ role: 'user', content: 'Tell me.' }], tokens, perSecond }
  const response = await fetch(`${url}/threads/${thread_id}/runs/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ assistant_id: graph, input, stream_mode: streamMode }),
  })
  if (!response.ok || !response.body) throw new Error(`The stream was answered with ${response.status}.`)
  let rest = ''
  let error = false
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('event:')) continue
      const name = line.slice('event:'.length).trim()
      error ||= name === 'error'
      onEvent(name)
    }
  }
  if (error) throw new Error('A streamed run failed.')
}
