import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** An HTTP server that listens on a port. */
export interface Listening {
  readonly port: number
  /** Stops accepting connections. Resolves when all connections are closed; connections that are still open after `withinMs` milliseconds are cut. */
  close(withinMs: number): Promise<void>
}

/** Starts an HTTP server. @param what name of the server, for the error @throws Error if the port can't be opened */
export async function listen(app: Hono, port: number, what: string, hostname?: string): Promise<Listening> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = serve({ fetch: app.fetch, port, hostname, overrideGlobalObjects: false }, (info) => resolve(info.port))
  server.once('error', (error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message
    reject(new Error(`Port ${port} for ${what} can't be opened: ${why}. Set another port, or stop that program.`))
  })
  const taken = await promise
  return { port: taken, close: (withinMs) => close(server, withinMs) }
}

async function close(server: ReturnType<typeof serve>, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const plain = isHttp(server) ? server : undefined
  plain?.closeIdleConnections()
  const timer = setTimeout(() => plain?.closeAllConnections(), withinMs)
  await closed
  clearTimeout(timer)
}

const isHttp = (server: ReturnType<typeof serve>): server is Server => 'closeAllConnections' in server
