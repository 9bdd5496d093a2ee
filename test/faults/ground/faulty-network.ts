import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** State of the simulated network. `half-open`: no data passes, without an error. `refuses`: every open and new connection is reset. */
export type NetworkFault = { readonly kind: 'half-open' | 'refuses' } | { readonly kind: 'slow'; readonly ms: number }

/** A TCP proxy on loopback between a server and the database. */
export interface FaultyNetwork {
  /** Address of the database through the TCP proxy. */
  readonly url: string
  /** Sets the state of open and new connections of the TCP proxy until the next call. */
  set(fault: NetworkFault | undefined): void
  close(): Promise<void>
}

export async function faultyNetwork(upstreamUrl: string): Promise<FaultyNetwork> {
  const upstream = new URL(upstreamUrl)
  let fault: NetworkFault | undefined
  let changed = Promise.withResolvers<void>()
  const sockets = new Set<Socket>()

  /** Resolves when the TCP proxy may pass data. Data that waited in a half-open connection is delivered late, as in TCP. */
  async function passes(): Promise<void> {
    while (fault?.kind === 'half-open') await changed.promise
    if (fault?.kind === 'slow') await pause(fault.ms)
  }
  const forward = async (from: Socket, to: Socket): Promise<void> => {
    try {
      for await (const chunk of from) {
        await passes()
        if (!to.write(chunk)) await new Promise((resolve) => to.once('drain', resolve).once('close', resolve))
      }
      await passes()
      to.end()
    } catch {
      to.destroy()
    }
  }
  const server = createServer((client) => {
    if (fault?.kind === 'refuses') return void client.resetAndDestroy()
    const server = connect(Number(upstream.port), upstream.hostname)
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    void forward(client, server)
    void forward(server, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The operating system assigned no free port.')
  const url = new URL(upstreamUrl)
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  return {
    url: url.href,
    set(next) {
      fault = next
      if (next?.kind === 'refuses') for (const socket of sockets) socket.resetAndDestroy()
      changed.resolve()
      changed = Promise.withResolvers()
    },
    async close() {
      fault = undefined
      changed.resolve()
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
