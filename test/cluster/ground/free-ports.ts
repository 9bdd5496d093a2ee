import { createServer, type Server } from 'node:net'

/** Finds free loopback ports, one per name. All ports are held open until the last is found, so that they differ. */
export async function freePorts<Name extends string>(...names: readonly Name[]): Promise<Record<Name, number>> {
  const held = await Promise.all(names.map(async (name): Promise<[Name, Server]> => [name, await listen()]))
  const ports = held.map(([name, server]): [Name, number] => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The system gave no free port.')
    return [name, address.port]
  })
  await Promise.all(held.map(([, server]) => new Promise((resolve) => server.close(resolve))))
  return Object.fromEntries(ports) as Record<Name, number>
}

function listen(): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
