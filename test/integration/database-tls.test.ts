import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Certificate, makeAuthority, makeCertificate } from '@hadal/runtime/fixtures/certificates'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { runProgram, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { DatabasePool } from '@hadal/runtime/store/database-pool'
import { migrate } from '@hadal/runtime/store/migrate'
import { Notifications } from '@hadal/runtime/store/notifications'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StartedPostgres, startPostgres } from './start-postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'hadal-database-tls-'))
const authority = await makeAuthority(folder, 'authority')
const stranger = await makeAuthority(folder, 'stranger')
const hosts = ['localhost', '127.0.0.1']
const certificates = {
  good: await makeCertificate(folder, 'good', hosts, authority),
  ofStranger: await makeCertificate(folder, 'of-stranger', hosts, stranger),
  otherName: await makeCertificate(folder, 'other-name', ['db.example.com'], authority),
  localhostOnly: await makeCertificate(folder, 'localhost-only', ['localhost'], authority),
  selfSigned: await makeCertificate(folder, 'self-signed', hosts),
}

let postgres: StartedPostgres

beforeAll(async () => {
  postgres = await startPostgres()
  const { uid, gid } = statSync(join(postgres.folder, 'data'))
  for (const { certificate, key } of Object.values(certificates)) {
    for (const file of [certificate, key]) {
      const copy = join(postgres.folder, 'data', file.slice(folder.length + 1))
      copyFileSync(file, copy)
      chmodSync(copy, 0o600)
      if (process.getuid?.() === 0) chownSync(copy, uid, gid)
    }
  }
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function plainly<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** Makes the PostgreSQL server use this certificate, or no TLS, for new connections. */
async function serverShows(certificate: Certificate | 'nothing'): Promise<void> {
  const path = (file: string): string => file.slice(folder.length + 1)
  const wanted =
    certificate === 'nothing'
      ? { ssl: 'off' }
      : { ssl_cert_file: path(certificate.certificate), ssl_key_file: path(certificate.key), ssl: 'on' }
  await plainly(async (client) => {
    for (const [name, value] of Object.entries(wanted)) await client.query(`ALTER SYSTEM SET ${name} = '${value}'`)
    await client.query('SELECT pg_reload_conf()')
  })
  // A connection keeps the settings, including the certificate, with which it was opened.
  await eventually(
    () =>
      plainly(async (client) => {
        const { rows } = await client.query('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [
          Object.keys(wanted),
        ])
        return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
      }),
    (settings) => JSON.stringify(Object.entries(settings).sort()) === JSON.stringify(Object.entries(wanted).sort()),
  )
}

const usedTls = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'

function poolOf(url: string, caFile: string | undefined): DatabasePool {
  const settings = { size: 1, overflow: 1, timeoutSeconds: 5, recycleSeconds: 60, prePing: true }
  const rest = { statementTimeoutSeconds: 5, applicationName: 'tls' }
  return new DatabasePool({ connectionString: url, tls: { caFile }, ...settings, ...rest }, () => {})
}

/** Every way in which the program connects to the database. Each returns whether the connection uses TLS. */
const ways = {
  pool: async (url: string, caFile?: string) => {
    const pool = poolOf(url, caFile)
    const { rows } = await pool.query(usedTls).finally(() => pool.end())
    return rows[0].ssl
  },
  listener: async (url: string, caFile?: string) => {
    const notifications = new Notifications({ url, applicationName: 'tls', onTrouble: () => {}, tls: { caFile } })
    await notifications.start()
    const { rows } = await plainly((client) =>
      client.query(
        "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'tls listener'",
      ),
    )
    await notifications.stop()
    return rows[0].ssl
  },
  migration: async (url: string, caFile?: string) => {
    await migrate(url, { caFile })
    return true
  },
} as const
const eachWay = Object.keys(ways) as (keyof typeof ways)[]

describe.for(eachWay)('with a required verified certificate, the %s', (way) => {
  test('connects if the authority signed the certificate and it names the host', async () => {
    await serverShows(certificates.good)
    expect(await ways[way](postgres.url, authority.certificate)).toBe(true)
    // The address may also name the authority, but can't lower the requirement.
    expect(await ways[way](`${postgres.url}?sslmode=verify-full&sslrootcert=${authority.certificate}`)).toBe(true)
    expect(await ways[way](`${postgres.url}?sslmode=disable`, authority.certificate)).toBe(true)
  })

  test.for([
    ['another authority signed it', 'ofStranger', authority.certificate, "can't be verified|unable to"],
    ['the authority is not given', 'good', undefined, 'unable to|self-signed'],
    ['it signed itself', 'selfSigned', authority.certificate, 'self-signed'],
    ['it names another host', 'otherName', authority.certificate, "does not match certificate's altnames"],
    ['it names localhost and the address is 127.0.0.1', 'localhostOnly', authority.certificate, 'does not match'],
  ] as const)('is refused with a sentence when %s', async ([, shown, caFile, reason]) => {
    await serverShows(certificates[shown])
    const refused = ways[way](postgres.url, caFile)
    await expect(refused).rejects.toThrow(
      /^The database can't be reached: its certificate is invalid: .*DATABASE_CA_FILE/,
    )
    await expect(refused).rejects.toThrow(new RegExp(reason))
  })

  test('is refused with a sentence when the server speaks no TLS', async () => {
    await serverShows('nothing')
    await expect(ways[way](postgres.url, authority.certificate)).rejects.toThrow(
      "The database can't be reached: the server does not support TLS, which is required. Enable TLS on the server.",
    )
  })
})

test('a renewed CA file is used for the next connection', async () => {
  await serverShows(certificates.good)
  const caFile = join(folder, 'renewed.crt')
  copyFileSync(authority.certificate, caFile)
  const pool = poolOf(postgres.url, caFile)
  try {
    expect((await pool.query(usedTls)).rows).toEqual([{ ssl: true }])
    await serverShows(certificates.ofStranger)
    copyFileSync(stranger.certificate, caFile)
    // Both connections are held at the same time, so the second one is new.
    const held = await pool.connect()
    const second = await pool.connect()
    expect((await second.query(usedTls)).rows).toEqual([{ ssl: true }])
    held.release()
    second.release()
  } finally {
    await pool.end()
  }
})

test('a missing CA file is reported at once', () => {
  expect(() => poolOf(postgres.url, join(folder, 'absent.crt'))).toThrow(
    /^Can.t read the CA file of the database, ".*absent.crt": ENOENT.*\. Mount the file\.$/,
  )
})

describe('the program with DATABASE_TLS=verify', () => {
  const verified = () => ({
    DATABASE_URL: postgres.url,
    DATABASE_TLS: 'verify',
    DATABASE_CA_FILE: authority.certificate,
  })

  test('migrates and becomes ready, and all its connections are verified', async () => {
    await serverShows(certificates.good)
    expect(await runProgram(['migrate'], verified())).toMatchObject({ code: 0 })
    const server = await startServerProcess(verified())
    try {
      expect((await fetch(`${server.url}/ready`)).status).toBe(200)
      await server.client.runs.wait(null, 'echo', { input: { messages: [] } })
      const { rows } = await plainly((client) =>
        client.query(
          "SELECT application_name, bool_and(ssl) AS ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name LIKE 'hadal%' GROUP BY 1 ORDER BY 1",
        ),
      )
      expect(rows).toEqual([
        { application_name: 'hadal all', ssl: true },
        { application_name: 'hadal all listener', ssl: true },
      ])
    } finally {
      await server.end('SIGTERM')
    }
  })

  test.for(['serve', 'migrate'])('rejects a server without TLS with one sentence: %s', async (command) => {
    await serverShows('nothing')
    const { code, errors } = await runProgram([command], verified())
    expect(code).toBe(1)
    expect(errors).toBe(
      "hadal-runtime: The database can't be reached: the server does not support TLS, which is required. Enable TLS on the server.\n",
    )
  })

  test('rejects an address with a weaker sslmode before it connects', async () => {
    const { code, errors } = await runProgram(['migrate'], {
      ...verified(),
      DATABASE_URL: `${postgres.url}?sslmode=require`,
    })
    expect(code).toBe(1)
    expect(errors).toContain('DATABASE_URL has sslmode=require, but DATABASE_TLS is "verify".')
    expect(errors).not.toContain('postgres:postgres')
  })
})
