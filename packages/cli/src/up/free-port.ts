import { createServer } from 'node:net'
import { PlainError } from '../plain-error.ts'

/** Tests whether a port is free. Resolves to the port, or to the error code (e.g. `EADDRINUSE`) if it is not. */
function tryPort(port: number): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    // Tests all addresses, because another program may use the port on one of them only.
    server.listen({ port }, () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('The operating system assigned no free port.'))
      })
    })
  })
}

const whyNot = (code: string): string =>
  code === 'EADDRINUSE' ? 'another program listens on it' : code === 'EACCES' ? 'the system does not allow it' : code

/** Finds a free TCP port. @throws PlainError if there is none */
export async function freePort(): Promise<number> {
  const port = await tryPort(0)
  if (typeof port === 'number') return port
  throw new PlainError(`No port is available (${port}). Free a port or allow listening, then start again.`)
}

export interface ChosenPort {
  readonly port: number
  /** Why the chosen port of the server is not the default port. Undefined if it is the default. */
  readonly because?: string
}

/**
 * Chooses the port of the agent server: the requested one; without a request, 8000 or the next free port above it.
 *
 * @throws PlainError if the requested port is not available
 */
export async function choosePort(wanted: number | undefined, usual = 8000): Promise<ChosenPort> {
  const first = await tryPort(wanted ?? usual)
  if (typeof first === 'number') return { port: first }
  if (wanted !== undefined) {
    throw new PlainError(
      `Port ${wanted} is not available: ${whyNot(first)}. Choose another --port, or stop that program.`,
    )
  }
  const because = `port ${usual} is not available: ${whyNot(first)}`
  for (let port = usual + 1; port < usual + 100; port += 1) {
    if (typeof (await tryPort(port)) === 'number') return { port, because }
  }
  return { port: await freePort(), because }
}
