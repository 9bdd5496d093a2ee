import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import pg from 'pg'
import { expect, test } from 'vitest'

const program = `
  const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'start-postgres.ts'))})
  console.log(JSON.stringify(await startPostgres()))
`

const answers = async (connectionString: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString })
  // The server may end between the connection and its end.
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end()
  }
}

test('kill -9 of the program that started a PostgreSQL ends the server and removes its data', async () => {
  const runner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: runner.stdout }), 'line')
  const { url, folder } = JSON.parse(String(line))
  expect(await answers(url)).toBe(true)
  runner.kill('SIGKILL')
  await eventually(
    async () => [await answers(url), existsSync(folder)],
    ([server, data]) => !server && !data,
  )
})
