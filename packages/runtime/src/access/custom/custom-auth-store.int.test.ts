import { generateFernetKey } from '@hadal/platform/fernet'
import { describe, expect, test } from 'vitest'
import { ada, bob, clientAs, eve, statusOf, useAuthorServer } from '../../fixtures/author-sign-in.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

const server = useAuthorServer(createDatabase())
/** Database whose rows become encrypted. */
const encryptedDatabase = createDatabase()
const as = (authorization: string) => clientAs(server(), authorization)

describe('the store', () => {
  test('the namespace that the handler rewrites separates users', async () => {
    await as(ada).store.putItem(['notes'], 'one', { text: 'of ada', owner: 'ada' })
    await as(bob).store.putItem(['notes'], 'one', { text: 'of bob', owner: 'bob' })
    expect((await as(ada).store.getItem(['notes'], 'one'))?.value).toMatchObject({ text: 'of ada' })
    expect(await as(eve).store.getItem(['notes'], 'one')).toBeNull()
    const { namespaces } = await as(bob).store.listNamespaces({})
    expect(namespaces).toEqual([['bob', 'notes']])
    await as(bob).store.deleteItem(['notes'], 'one')
    expect(await as(bob).store.getItem(['notes'], 'one')).toBeNull()
    expect((await as(ada).store.getItem(['notes'], 'one'))?.value).toMatchObject({ text: 'of ada' })
  })

  test('a filter of the handler holds for each read and write of an item', async () => {
    await as(ada).store.putItem(['shared', 'of-ada'], 'one', { owner: 'ada', text: 'a' })
    await as(bob).store.putItem(['shared', 'of-bob'], 'one', { owner: 'bob', text: 'b' })
    const place: [string[], string] = [['shared', 'of-ada'], 'one']
    expect(await as(bob).store.getItem(...place)).toBeNull()
    expect(await statusOf(as(bob).store.putItem(...place, { owner: 'bob', text: 'stolen' }))).toBe(404)
    expect(await statusOf(as(bob).store.putItem(['shared'], 'new', { owner: 'ada' }))).toBe(403)
    await as(bob).store.deleteItem(...place)
    expect((await as(ada).store.getItem(...place))?.value).toEqual({ owner: 'ada', text: 'a' })
    const { namespaces } = await as(bob).store.listNamespaces({ prefix: ['shared'] })
    expect(namespaces).toEqual([['shared', 'of-bob']])
    await as(ada).store.putItem(...place, { owner: 'ada', text: 'again' })
    await as(ada).store.deleteItem(...place)
    expect(await as(ada).store.getItem(...place)).toBeNull()
  })

  test('a filter of the handler holds for a search beside that of the client', async () => {
    await as('root@acme').store.putItem(['shared'], 'ada', { owner: 'ada', kind: 'a' })
    await as('root@acme').store.putItem(['shared'], 'bob', { owner: 'bob', kind: 'a' })
    const keysOf = async (user: string, filter?: Record<string, unknown>) =>
      (await as(user).store.searchItems(['shared'], filter ? { filter } : {})).items.map(({ key }) => key)
    expect(await keysOf(ada)).toEqual(['ada'])
    expect(await keysOf(ada, { kind: 'a' })).toEqual(['ada'])
    expect(await keysOf(ada, { owner: 'bob' })).toEqual([])
    expect(await keysOf('root@acme')).toEqual(expect.arrayContaining(['ada', 'bob']))
  })
})

describe('a value that a handler has broken is 503, and nothing is stored', () => {
  test.each([
    ['a key that is a number', { key: 7 }, 'a key that is not a string'],
    ['a value that is a text', { value: 'text' }, 'a value that is not an object'],
    ['a namespace that is a text', { namespace: 'notes' }, 'a namespace that is not a list of strings'],
    ['a label with a period', { namespace: ['a.b'] }, 'with a period or a colon'],
  ])('%s', async (_, left, reason) => {
    expect(await statusOf(as('breaker').store.putItem(['notes'], 'broken', left))).toBe(503)
    const [line] = server().logged.filter(({ text }) => String(text).includes(reason))
    expect(line).toMatchObject({ event: 'auth_handler_failed', handler: 'store:put' })
    const { items } = await as('root').store.searchItems([], { limit: 1_000 })
    expect(items.filter(({ key }) => key === 'broken' || String(key) === '7')).toEqual([])
  })

  test('metadata that is a text', async () => {
    expect(await statusOf(as('breaker').threads.create())).toBe(503)
    expect(server().logged).toContainEqual(
      expect.objectContaining({ event: 'auth_handler_failed', handler: 'threads:create' }),
    )
  })
})

test('a filter on encrypted values of items is refused, and shows nothing', async () => {
  const encrypted = await startTestServer(encryptedDatabase(), {
    AGENTS_CONFIG: server().config,
    ACCESS: '{"kind":"custom"}',
    ENCRYPTION: 'required',
    ENCRYPTION_KEY: generateFernetKey(),
  })
  try {
    const client = clientAs(encrypted, ada)
    const sentence = /422.*filters items by their values/
    await expect(client.store.searchItems(['shared'])).rejects.toThrow(sentence)
    await expect(client.store.getItem(['shared'], 'ada')).rejects.toThrow(sentence)
    await client.store.putItem(['notes'], 'encrypted', { text: 'a' })
    expect((await client.store.getItem(['notes'], 'encrypted'))?.value).toEqual({ text: 'a' })
  } finally {
    await encrypted.drain()
  }
})
