import { createServer } from 'node:net'
import { PlainError } from '../plain-error.ts'

/** Resolves to the port when it can be listened on, or to the code of what stands against it (`EADDRINUSE`). */
function tryPort(port: number): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    // On every address, as the agent server listens: another program on one of them is in the way too.
    server.listen({ port }, () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('the system gave no port'))
      })
    })
  })
}

const whyNot = (code: string): string =>
  code === 'EADDRINUSE' ? 'another program listens there' : code === 'EACCES' ? 'the system does not allow it' : code

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0)
  if (typeof port === 'number') return port
  throw new PlainError(`No port can be listened on (${port}). Free one, or allow listening, then start again.`)
}

export interface ChosenPort {
  readonly port: number
  /** Why it is not the usual one; undefined when it is. */
  readonly because?: string
}

/**
 * The port for the agent server: the one asked for, else 8000, else the next free one above it.
 * @throws PlainError when the port asked for can't be had: whoever names one means that one
 */
export async function choosePort(wanted: number | undefined, usual = 8000): Promise<ChosenPort> {
  const first = await tryPort(wanted ?? usual)
  if (typeof first === 'number') return { port: first }
  if (wanted !== undefined) {
    throw new PlainError(`Port ${wanted} can't be used: ${whyNot(first)}. Give another --port, or end what uses it.`)
  }
  const because = `port ${usual} can't be used: ${whyNot(first)}`
  for (let port = usual + 1; port < usual + 100; port += 1) {
    if (typeof (await tryPort(port)) === 'number') return { port, because }
  }
  return { port: await freePort(), because }
}
