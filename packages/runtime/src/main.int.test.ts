import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createDatabase } from './fixtures/create-database.ts'
import { runProgram } from './fixtures/server-process.ts'

const empty = createDatabase({ migrated: false })
const migrated = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-main-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function occupied(): Promise<{ port: number; server: Server }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, server }
}

describe('the program', () => {
  test('migrates, and says what it did; a second time it does nothing', async () => {
    const variables = { DATABASE_URL: empty() }
    const first = await runProgram(['migrate'], variables)
    expect(first).toMatchObject({ code: 0, errors: '' })
    expect(JSON.parse(first.output)).toMatchObject({ msg: 'migrated', level: 'info', ran: ['threads and runs'] })
    expect(JSON.parse((await runProgram(['migrate'], variables)).output)).toMatchObject({ ran: [] })
  })

  /** Ends with 1 and one sentence. */
  async function refusal(args: string[], variables: Record<string, string>): Promise<string> {
    const { code, errors } = await runProgram(args, variables)
    expect(code).toBe(1)
    expect(errors).toMatch(/^hadal-runtime: /)
    expect(errors).not.toMatch(/^\s+at /m)
    return errors
  }

  test('says in a sentence that its database is away', async () => {
    const away = 'postgres://user:hunter2@127.0.0.1:1/nothing'
    const errors = await refusal([], { DATABASE_URL: away })
    expect(errors).toContain("The database can't be reached: ")
    expect(errors).not.toContain('hunter2')
    expect(await refusal(['migrate'], { DATABASE_URL: away })).toContain('ECONNREFUSED')
  })

  test('says in a sentence that its database is not migrated', async () => {
    const unmigrated = new URL(migrated())
    unmigrated.pathname = '/postgres'
    expect(await refusal([], { DATABASE_URL: unmigrated.href })).toContain('Run "hadal-runtime migrate" first.')
  })

  test.each(['PORT', 'METRICS_PORT'])('says in a sentence that the port of %s is taken', async (name) => {
    const { port, server } = await occupied()
    try {
      const errors = await refusal([], { DATABASE_URL: migrated(), [name]: String(port) })
      expect(errors).toContain(`Port ${port} for`)
      expect(errors).toContain(`(${name}) can't be had: another program has it.`)
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test('says in a sentence what is wrong with langgraph.json', async () => {
    const file = join(folder, 'langgraph.json')
    writeFileSync(file, '{ "graphs": ')
    expect(await refusal([], { DATABASE_URL: migrated(), AGENTS_CONFIG: file })).toContain(file)
    expect(await refusal([], { DATABASE_URL: migrated(), AGENTS_CONFIG: join(folder, 'none') })).toContain(
      'no such file',
    )
  })

  test('says all that is wrong with its variables at once', async () => {
    const errors = await refusal([], { PORT: 'many', ROLE: 'boss' })
    expect(errors).toContain('- DATABASE_URL is not set.')
    expect(errors).toContain('- PORT = "many"')
    expect(errors).toContain('- ROLE = "boss"')
  })

  test('says which commands there are', async () => {
    expect(await refusal(['dance'], {})).toContain('there is no command "dance". There are serve and migrate.')
  })
})
