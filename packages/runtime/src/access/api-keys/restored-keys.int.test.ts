import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleRestored } from '../../backup/settle/settle-restored.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { type MadeKey, makeKey } from '../../fixtures/make-key.ts'
import { serverAddresses } from '../../fixtures/server-addresses.ts'
import { type Ended, runProgram } from '../../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'

const database = createDatabase()
const keys = (...words: string[]): Promise<Ended> => runProgram(['keys', ...words], serverAddresses(database()))
let server: TestServer
let ada: MadeKey
let bob: MadeKey
let eve: MadeKey
/** Expired keys. */
let old: MadeKey
const answer = (key: MadeKey) => fetch(`${server.url}/info`, { headers: { 'x-api-key': key.text } })
const status = async (key: MadeKey): Promise<number> => (await answer(key)).status
/** Ends a restore of the whole database, or of threads, as the command does. */
const settle = (threads?: readonly string[]) =>
  withClient(database(), (client) =>
    settleRestored(client, { restoreId: randomUUID(), snapshotAt: new Date(), threads }),
  )

beforeAll(async () => {
  ada = await makeKey(database(), { user: 'ada', roles: ['read'] })
  bob = await makeKey(database(), { user: 'bob', roles: ['read'], tenant: 'acme' })
  eve = await makeKey(database(), { user: 'eve', roles: ['read'] })
  old = await makeKey(database(), { user: 'old', roles: ['read'] })
  await keys('revoke', eve.id)
  await withClient(database(), (client) =>
    client.query("UPDATE hadal.api_key SET expires_at = now() - interval '1 s' WHERE key_id = $1", [old.id]),
  )
  expect(await settle()).toMatchObject({ keysToConfirm: 2 })
  server = await startTestServer(database(), { ACCESS: JSON.stringify({ kind: 'api-keys' }) })
})
afterAll(() => server.drain())

test('a key of a restored database is refused with 401 until an operator confirms it', async () => {
  const refused = await answer(ada)
  expect([refused.status, await refused.json()]).toEqual([
    401,
    {
      detail: `The API key ${ada.id} is not confirmed since the database was restored from a backup, because it may have been revoked after the backup. Ask an operator to confirm it ("hadal-runtime keys confirm").`,
    },
  ])
  expect((await keys('list')).output).toMatch(new RegExp(`^${ada.id} +ada +read +unconfirmed `, 'm'))
  expect(await keys('confirm', ada.id)).toMatchObject({
    code: 0,
    output: '1 key is confirmed: every server accepts it now.\n',
  })
  expect([await status(ada), await status(bob), await status(eve)]).toEqual([200, 401, 401])
  expect((await keys('list')).output).toMatch(new RegExp(`^${ada.id} +ada +read +valid `, 'm'))
})

test('a key that is confirmed again, or has expired, is not reported as confirmed', async () => {
  expect(await keys('confirm', ada.id)).toMatchObject({
    code: 0,
    output: `The key ${ada.id} waits for no confirmation.\n`,
  })
  const { code, output, errors } = await keys('confirm', old.id)
  expect([code, output, errors]).toEqual([
    1,
    '',
    expect.stringMatching(
      new RegExp(`^hadal-runtime: The key ${old.id} expired on 20.* UTC, so a confirmation does not make it valid\\.`),
    ),
  ])
  expect(await status(old)).toBe(401)
})

test('a key is not confirmed while the database does not answer, and the error is one sentence', async () => {
  const away = { DATABASE_URL: 'postgresql://postgres:secret@127.0.0.1:1/away' }
  const { code, output, errors } = await runProgram(['keys', 'confirm', bob.id], away)
  expect([code, output]).toEqual([1, ''])
  expect(errors).toMatch(/^hadal-runtime: [^\n]+\n$/)
  expect(errors).not.toContain('secret')
  expect(await status(bob)).toBe(401)
})

test('an unconfirmed key can not be rotated', async () => {
  expect(await keys('rotate', bob.id)).toMatchObject({
    code: 1,
    errors: expect.stringContaining(`The key ${bob.id} is unconfirmed, so it can't be rotated. Confirm it first`),
  })
})

test.each([
  [[], 'Give KEY_ID or --all. 1 key waits for a confirmation, in the tenants acme: '],
  [['aaaaaaaaaaaaaaaa', '--all'], 'Give KEY_ID or --all, not both.'],
  [['aaaaaaaaaaaaaaaa'], 'There is no key aaaaaaaaaaaaaaaa.'],
])('keys confirm %j is refused with one sentence', async (words, sentence) => {
  const { code, output, errors } = await keys('confirm', ...words)
  expect([code, output, errors]).toEqual([1, '', expect.stringContaining(sentence)])
})

test('all keys are confirmed at once, but no revoked and no expired one', async () => {
  expect(await keys('confirm', '--all')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^1 key is confirmed/),
  })
  expect([await status(ada), await status(bob), await status(eve)]).toEqual([200, 200, 401])
  expect(await keys('confirm', '--all')).toMatchObject({ code: 0, output: 'No key waits for a confirmation.\n' })
  expect(await keys('confirm', eve.id)).toMatchObject({ code: 1, errors: expect.stringContaining('is revoked') })
})

test('a restore of threads into a living database leaves its keys as they are', async () => {
  expect(await settle([randomUUID()])).toMatchObject({ keysToConfirm: 0 })
  expect([await status(ada), await status(bob), await status(eve)]).toEqual([200, 200, 401])
})
