import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

/** A proxy before a server that cuts connections. */
export interface CuttingProxy {
  readonly endpoint: string
  /** Cuts the next connections, a number of them, each after a number of bytes that the client has sent. */
  cut(connections: number, afterBytes: number): void
  /** Number of connections that are still to be cut. */
  left(): number
  end(): void
}

/** Starts a proxy of TCP connections that resets some of them. */
export async function startCuttingProxy(endpoint: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(endpoint)
  let left = 0
  let limit = 0
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    let sent = 0
    client.on('data', (chunk) => {
      sent += chunk.length
      if (left === 0 || sent < limit) {
        server.write(chunk)
        return
      }
      left -= 1
      client.resetAndDestroy()
      server.destroy()
    })
    server.pipe(client)
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const)
      one.on('error', () => {}).on('close', () => other.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cut(connections, afterBytes) {
      left = connections
      limit = afterBytes
    },
    left: () => left,
    end: () => proxy.close(),
  }
}
