import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { choosePort, freePort } from './free-port.ts'

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

async function occupy(port: number): Promise<number> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('chooses the requested port if it is free', async () => {
  const port = await freePort()
  expect(await choosePort(port)).toEqual({ port })
})

test('rejects a requested port that another program uses on one address only', async () => {
  const port = await occupy(0)
  await expect(choosePort(port)).rejects.toThrow(
    `Port ${port} is not available: another program listens on it. Choose another --port, or stop that program.`,
  )
})

test('chooses the next free port if the default port is in use, and gives the reason', async () => {
  const usual = await freePort()
  await occupy(usual)
  const chosen = await choosePort(undefined, usual)
  expect(chosen.port).toBeGreaterThan(usual)
  expect(chosen.because).toBe(`port ${usual} is not available: another program listens on it`)
})
