import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { type Ended, runProgram } from '../fixtures/server-process.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const server = useTestServer(database, { ACCESS: JSON.stringify({ kind: 'api-keys' }) })
const keys = (...words: string[]): Promise<Ended> => runProgram(['keys', ...words], serverAddresses(database()))
const status = async (key: string): Promise<number> =>
  (await fetch(`${server().url}/info`, { headers: { 'x-api-key': key } })).status

/** Makes a key by the program. @returns its text and id */
async function created(...words: string[]): Promise<{ text: string; id: string; notice: string }> {
  const { code, output, errors } = await keys('create', ...words)
  expect([code, output]).toEqual([0, expect.stringMatching(/^hadal_[a-z2-7]{16}_\w{49}\n$/)])
  const text = output.trim()
  return { text, id: text.split('_')[1] ?? '', notice: errors }
}

describe('hadal-runtime keys', () => {
  test('makes a key, which is shown once and stored as its hash only', async () => {
    const words = [
      '--user',
      'ada',
      '--roles',
      'read,run',
      '--tenant',
      'acme',
      '--expires-in-days',
      '30',
      '--name',
      'of CI',
    ]
    const { text, id, notice } = await created(...words)
    expect(notice).toMatch(`Key ${id} of user ada (tenant acme, roles read, run) expires on `)
    expect(notice).not.toContain(text)
    expect(await status(text)).toBe(200)
    const { rows } = await withClient(database(), (client) => client.query('SELECT api_key::text FROM hadal.api_key'))
    expect(JSON.stringify(rows)).not.toContain(text.split('_')[2])
    const { output } = await keys('list', '--tenant', 'acme')
    expect(output.split('\n')).toEqual([
      expect.stringMatching(/^ID +USER +ROLES +STATE +EXPIRES +LAST USED +CREATED +NAME$/),
      expect.stringMatching(new RegExp(`^${id} +ada +read,run +valid +20.+ +of CI$`)),
      '',
    ])
    expect(output).not.toContain(text.split('_')[2])
  })

  test('rotates a key: both are valid until the overlap is over', async () => {
    const old = await created('--user', 'ada', '--roles', 'read', '--name', 'of CI')
    const rotated = await keys('rotate', old.id)
    const newer = rotated.output.trim()
    expect(rotated.errors).toContain(`The old key ${old.id} is valid until `)
    expect([await status(old.text), await status(newer)]).toEqual([200, 200])
    const last = (await keys('rotate', newer.split('_')[1] ?? '', '--overlap-hours', '0')).output.trim()
    expect([await status(newer), await status(last)]).toEqual([401, 200])
    const { output } = await keys('list')
    expect(output).toMatch(new RegExp(`${newer.split('_')[1]} +ada +read +expired `))
    expect(await keys('rotate', newer.split('_')[1] ?? '')).toMatchObject({
      code: 1,
      errors: expect.stringContaining("is expired, so it can't be rotated."),
    })
  })

  test('revokes a key', async () => {
    const { text, id } = await created('--user', 'ada', '--roles', 'administer')
    expect(await status(text)).toBe(200)
    const { code, errors } = await keys('revoke', id)
    expect([code, errors]).toEqual([0, expect.stringContaining(`Key ${id} of user ada (tenant default) is revoked: `)])
    expect(await status(text)).toBe(401)
    expect((await keys('list')).output).toMatch(new RegExp(`${id} +ada +administer +revoked `))
    expect((await keys('revoke', id)).code).toBe(0)
  })

  test.each(['the role of the servers', 'the owner of the tables'])(
    'says that a tenant has no key, as %s',
    async (role) => {
      await created('--user', 'ada', '--roles', 'read')
      // Row-level security does not apply to the owner of the tables.
      const as =
        role === 'the owner of the tables'
          ? { DATABASE_URL: database(), DATABASE_LOOPS_URL: '' }
          : serverAddresses(database())
      expect(await runProgram(['keys', 'list', '--tenant', 'nobody'], as)).toMatchObject({
        code: 0,
        output: '',
        errors: 'The tenant nobody has no API key.\n',
      })
    },
  )

  test.each([
    [['create'], '--user is missing.'],
    [['create', '--user', 'ada'], '--roles is missing. The roles are read, run, approve, administer'],
    [['create', '--user', 'ada', '--roles', 'read,write'], '--roles has "write", which is not a role.'],
    [['create', '--user', ' ada', '--roles', 'read'], '--user begins or ends with a space.'],
    [['create', '--user', 'a\nb', '--roles', 'read'], "--user has a character that can't be printed."],
    [
      ['create', '--user', 'a', '--roles', 'read', '--expires-in-days', '0'],
      '--expires-in-days is "0". Give a whole number from 1 to 3650.',
    ],
    [['create', '--user', 'a', '--roles', 'read', '--expires-in-days', '1.5'], '--expires-in-days is "1.5".'],
    [
      ['create', '--user', 'a', '--role', 'read'],
      'unknown option "--role". Usage: hadal-runtime keys create [--user USER]',
    ],
    [['revoke'], 'KEY_ID is missing.'],
    [['revoke', 'nonsense'], 'KEY_ID is "nonsense", which is not the id of a key.'],
    [['revoke', 'aaaaaaaaaaaaaaaa'], 'There is no key aaaaaaaaaaaaaaaa.'],
    [['revoke', 'hadal_aaaaaaaaaaaaaaaa_of-a-key'], 'KEY_ID is a whole key. Give its id only'],
    [['rotate', 'aaaaaaaaaaaaaaaa', '--overlap-hours', '-1'], 'There is no key aaaaaaaaaaaaaaaa.'],
  ])('refuses %j with one sentence', async (words, sentence) => {
    const { code, output, errors } = await keys(...words)
    expect([code, output, errors]).toEqual([1, '', expect.stringContaining(sentence)])
    expect(errors).not.toMatch(/of-a-key|^\s+at /m)
  })
})
