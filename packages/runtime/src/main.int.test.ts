import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFernet } from '@hadal/platform/fernet'
import { afterAll, describe, expect, test } from 'vitest'
import { createDatabase } from './fixtures/create-database.ts'
import { runProgram } from './fixtures/server-process.ts'
import { migrations } from './store/migrations/migrations.ts'

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
  test('migrates and logs the applied migrations; the second time it does nothing', async () => {
    const variables = { DATABASE_URL: empty() }
    const first = await runProgram(['migrate'], variables)
    expect(first).toMatchObject({ code: 0, errors: '' })
    expect(JSON.parse(first.output)).toMatchObject({
      event: 'migrated',
      level: 'info',
      ran: migrations.map(({ name }) => name),
    })
    expect(JSON.parse((await runProgram(['migrate'], variables)).output)).toMatchObject({ ran: [] })
  })

  /** Runs the program, which must exit with 1 and one sentence. */
  async function refusal(args: string[], variables: Record<string, string>): Promise<string> {
    const { code, errors } = await runProgram(args, variables)
    expect(code).toBe(1)
    expect(errors).toMatch(/^hadal-runtime: /)
    expect(errors).not.toMatch(/^\s+at /m)
    return errors
  }

  test('reports in one sentence that its database is unavailable', async () => {
    const away = 'postgres://user:hunter2@127.0.0.1:1/nothing'
    const errors = await refusal([], { DATABASE_URL: away })
    expect(errors).toContain("The database can't be reached: ")
    expect(errors).not.toContain('hunter2')
    expect(await refusal(['migrate'], { DATABASE_URL: away })).toContain('ECONNREFUSED')
  })

  test('does not serve other machines without sign-in unless ACCESS says so', async () => {
    const away = 'postgres://user@127.0.0.1:1/nothing'
    expect(await refusal([], { DATABASE_URL: away, ACCESS: '' })).toContain('ACCESS is not set')
    const local = { DATABASE_URL: away, ACCESS: '', HOST: '127.0.0.1' }
    expect(await refusal([], local)).toContain("The database can't be reached: ")
  })

  test('reports in one sentence that its database is not migrated', async () => {
    const unmigrated = new URL(migrated())
    unmigrated.pathname = '/postgres'
    expect(await refusal([], { DATABASE_URL: unmigrated.href })).toContain('Run "hadal-runtime migrate" first.')
  })

  test.each(['PORT', 'METRICS_PORT'])('reports in one sentence that the port of %s is in use', async (name) => {
    const { port, server } = await occupied()
    try {
      const errors = await refusal([], { DATABASE_URL: migrated(), [name]: String(port) })
      expect(errors).toContain(`Port ${port} for`)
      expect(errors).toContain(`(${name}) can't be opened: another program uses it.`)
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test('logs what an agent prints as lines of JSON, without secrets', async () => {
    const file = join(folder, 'printing.json')
    const agent = join(folder, 'printing.mjs')
    writeFileSync(agent, "console.warn('loading with', process.env.OPENAI_API_KEY)\nexport const agent = 1\n")
    writeFileSync(file, JSON.stringify({ graphs: { printing: `${agent}:agent` } }))
    const key = 'a-key-without-a-pattern'
    const { output } = await runProgram([], { DATABASE_URL: migrated(), AGENTS_CONFIG: file, OPENAI_API_KEY: key })
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({
        event: 'console',
        logger: 'console',
        level: 'warn',
        text: 'loading with [redacted]',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      }),
    )
  })

  test('reports in one sentence an invalid langgraph.json', async () => {
    const file = join(folder, 'langgraph.json')
    writeFileSync(file, '{ "graphs": ')
    expect(await refusal([], { DATABASE_URL: migrated(), AGENTS_CONFIG: file })).toContain(file)
    expect(await refusal([], { DATABASE_URL: migrated(), AGENTS_CONFIG: join(folder, 'none') })).toContain(
      'the file does not exist',
    )
  })

  test('reports all invalid variables at once', async () => {
    const errors = await refusal([], { PORT: 'many', ROLE: 'boss' })
    expect(errors).toContain('- DATABASE_URL is not set.')
    expect(errors).toContain('- PORT = "many"')
    expect(errors).toContain('- ROLE = "boss"')
  })

  test('rejects invalid keys with one sentence each, without their values', async () => {
    const keys = { OPENAI_API_KEY: 'sk-plain-0123456789abcdef', PROVIDER_KEYS: 'encrypted', ENCRYPTION_KEY: 'no-key' }
    const errors = await refusal([], { DATABASE_URL: empty(), ...keys })
    expect(errors).toContain('- OPENAI_API_KEY holds a plain key, but PROVIDER_KEYS is "encrypted".')
    expect(errors).toContain('- ENCRYPTION_KEY is invalid: Key 1 of 1 is invalid: it is not 32 bytes')
    expect(errors).not.toMatch(/sk-plain|no-key/)
  })

  test('encrypts and rotates tokens from its standard input only', async () => {
    const [older = '', newer = ''] = await Promise.all(
      [1, 2].map(async () => (await runProgram(['secrets', 'generate-key'], {})).output.trim()),
    )
    const token = await runProgram(['secrets', 'encrypt'], { ENCRYPTION_KEY: older }, 'sk-plain\n')
    expect(token).toMatchObject({ code: 0, errors: '' })
    const rotated = await runProgram(['secrets', 'rotate'], { ENCRYPTION_KEY: `${newer},${older}` }, token.output)
    expect(createFernet([newer]).decrypt(rotated.output.trim())).toBe('sk-plain')
    expect(await refusal(['secrets', 'encrypt'], {})).toContain('ENCRYPTION_KEY is not set.')
  })

  test('lists its commands', async () => {
    expect(await refusal(['dance'], {})).toContain(
      'unknown command "dance". The commands are serve, migrate, prune, seal, secrets encrypt, secrets rotate, secrets generate-key, keys create, keys list, keys rotate, keys revoke, assign, backup list, backup',
    )
  })
})
