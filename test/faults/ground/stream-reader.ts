import { connect, type Socket } from 'node:net'
import { eventually } from '@hadal/runtime/fixtures/eventually'

/** A client on a plain socket that reads a run's stream and can stop reading. */
export interface StreamReader {
  /** Ids of the events of the run's stream that the client has received. */
  readonly ids: readonly number[]
  /** HTTP status of the response; undefined until it arrives. */
  readonly status: number | undefined
  /** Waits until the client has received the first event of the run's stream. */
  begun(): Promise<void>
  /** Reads the run's stream, or resumes reading, until the connection is closed. */
  readToEnd(): Promise<void>
  close(): void
}

/**
 * Connects to a server and starts to read a run's stream.
 *
 * @param server address of the server, such as `http://127.0.0.1:8000`
 * @param after id of the last event that the client has
 * @param stalls whether the client stops reading after the first event and keeps the connection open
 */
export function readStream(
  server: string,
  run: { threadId: string; runId: string },
  { after = 0, stalls = false }: { after?: number | undefined; stalls?: boolean } = {},
): StreamReader {
  const { hostname, port, host } = new URL(server)
  const socket: Socket = connect(Number(port), hostname)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const ids: number[] = []
  let status: number | undefined
  let mayStall = stalls
  let line = ''
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    const lines = (line + chunk.toString('latin1')).split('\n')
    // Only the beginning of a data line is needed.
    line = (lines.pop() ?? '').slice(0, 40)
    for (const text of lines) {
      const [, answered, id] = /^HTTP\/1\.1 (\d+)|^id: (\d+)/.exec(text) ?? []
      if (answered !== undefined) status = Number(answered)
      if (id !== undefined) ids.push(Number(id))
    }
    if (mayStall && ids.length > 0) {
      mayStall = false
      socket.pause()
    }
  })
  const path = `/threads/${run.threadId}/runs/${run.runId}/stream`
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nlast-event-id: ${after}\r\nconnection: close\r\n\r\n`)
  return {
    ids,
    get status() {
      return status
    },
    begun: () =>
      eventually(
        () => ids.length,
        (count) => count > 0,
      ).then(() => {}),
    async readToEnd() {
      socket.resume()
      await closed
    },
    close: () => void socket.destroy(),
  }
}
