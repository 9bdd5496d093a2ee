import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** One address on loopback for several servers, like a Kubernetes Service: each new connection goes to the next ready server. */
export interface ServiceAddress {
  readonly url: string
  close(): Promise<void>
}

/** Milliseconds between two requests to each server's `/ready`. */
const probeEveryMs = 200

/** @param servers returns the servers' current addresses */
export async function serviceAddress(servers: () => readonly string[]): Promise<ServiceAddress> {
  const sockets = new Set<Socket>()
  let ready: string[] = []
  let turn = 0
  const probe = async (): Promise<void> => {
    const answers = await Promise.all(
      servers().map(async (url) => {
        const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined)
        await answer?.body?.cancel()
        return answer?.status === 200 ? [url] : []
      }),
    )
    ready = answers.flat()
  }
  await probe()
  const closing = new AbortController()
  // One probe after another, so that an older answer never replaces a newer one.
  const probing = (async () => {
    while (!closing.signal.aborted) {
      await pause(probeEveryMs, undefined, { signal: closing.signal }).catch(() => {})
      await probe()
    }
  })()
  const kept = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    turn += 1
    const url = ready[turn % Math.max(ready.length, 1)]
    if (url === undefined) return void client.resetAndDestroy()
    const upstream = kept(connect(Number(new URL(url).port), '127.0.0.1'))
    kept(client).pipe(upstream).pipe(client)
    upstream.on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The operating system assigned no free port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      closing.abort()
      await probing
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
