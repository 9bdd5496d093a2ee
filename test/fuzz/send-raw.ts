import { connect } from 'node:net'

export interface RawAnswer {
  /** HTTP status. 0 if the server closed the connection without a response. */
  readonly status: number
  readonly head: string
  /** Body of the HTTP response. Empty for a stream. */
  readonly body: string
}

/** Maximum number of bytes to read of one HTTP response. */
const mostBodyBytes = 100_000

/**
 * Sends raw bytes, which an HTTP client can't, and reads the response. Of a stream, or of a response that waits for a run, it reads only the
 * headers.
 *
 * @throws Error if the server is unreachable or does not respond in time
 */
export function sendRaw(port: number, bytes: Buffer, withinMs = 30_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let received = Buffer.alloc(0)
    const answer = (): RawAnswer => {
      const text = received.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
      return { status, head: text.slice(0, end), body: received.subarray(end + 4).toString('utf8') }
    }
    const finish = (): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer())
    }
    const timer = setTimeout(() => {
      socket.destroy()
      reject(
        new Error(
          `No response within ${withinMs} ms; received ${JSON.stringify(received.toString('latin1').slice(0, 200))}`,
        ),
      )
    }, withinMs)
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      const { status, head } = answer()
      // Skips interim responses such as 100.
      if (status >= 100 && status < 200 && head !== '') received = received.subarray(received.indexOf('\r\n\r\n') + 4)
      else if (/^(content-type: text\/event-stream|location: .*\/join)\r?$/im.test(head)) finish()
      else if (received.length > mostBodyBytes) finish()
    })
    socket.on('end', finish)
    socket.on('close', finish)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The server may respond and close the connection before it has read the whole request.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return finish()
      clearTimeout(timer)
      reject(error)
    })
  })
}
