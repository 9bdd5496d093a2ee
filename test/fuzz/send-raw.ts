import { connect } from 'node:net'

export interface RawAnswer {
  /** 0: the server closed the connection without an answer. */
  readonly status: number
  readonly head: string
  /** Empty for a stream. */
  readonly body: string
}

/** Bytes of an answer's body that are read. */
const mostBodyBytes = 100_000

/**
 * Sends bytes as they are, which no HTTP client does, and reads the answer. A stream and an answer that waits for a run are left as soon
 * as their head is there.
 *
 * @throws Error when the server can't be reached, or gives no answer in time
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
          `no answer within ${withinMs} ms; received ${JSON.stringify(received.toString('latin1').slice(0, 200))}`,
        ),
      )
    }, withinMs)
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      const { status, head } = answer()
      // Interim answers, such as 100, come before the real one.
      if (status >= 100 && status < 200 && head !== '') received = received.subarray(received.indexOf('\r\n\r\n') + 4)
      else if (/^(content-type: text\/event-stream|location: .*\/join)\r?$/im.test(head)) finish()
      else if (received.length > mostBodyBytes) finish()
    })
    socket.on('end', finish)
    socket.on('close', finish)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The server may answer and close before it has read everything.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return finish()
      clearTimeout(timer)
      reject(error)
    })
  })
}
