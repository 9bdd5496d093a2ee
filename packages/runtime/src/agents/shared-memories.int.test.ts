import { join } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { clientOfPerson, type Person, peopleSignIn, person } from '../fixtures/people.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const projects = join(import.meta.dirname, '../fixtures/acting-agents')
const [bob, root] = [person('bob', ['read', 'run']), person('root', ['administer'])]

/** How the code of a graph changes an item, by each store that it has: that of its run, and those of the agents that the server builds. */
const changes = [
  ['run', 'put'],
  ['run', 'delete'],
  ['current', 'put'],
  ['platform', 'put'],
  ['platform', 'delete'],
  ['platform', 'batch'],
  ['shared', 'batch'],
] as const

describe.each(['api-keys', 'custom'] as const)(
  'where the store of a run has the items of all users (%s), shared memories',
  (kind) => {
    // Servers on the same database would execute each other's runs.
    const database = createDatabase()
    let server: TestServer
    beforeAll(async () => {
      const variables = { ENCRYPTION_KEY: generateFernetKey(), APPROVALS_ENABLED: 'false' }
      server =
        kind === 'custom'
          ? await startTestServer(database(), {
              ...variables,
              ACCESS: JSON.stringify({ kind }),
              AGENTS_CONFIG: join(projects, 'own-sign-in.json'),
            })
          : await startTestServer(
              database(),
              {
                ...variables,
                ACCESS: JSON.stringify({ kind, share: 'tenant' }),
                AGENTS_CONFIG: join(projects, 'langgraph.json'),
              },
              peopleSignIn('tenant'),
            )
    })
    afterAll(async () => server?.drain())

    /** Starts a run whose code changes an item. */
    const change = (user: Person, of: string, how: string, namespace: readonly string[]): Promise<unknown> =>
      clientOfPerson(server.url, user).runs.wait(null, 'changing', {
        input: { by: JSON.stringify({ of, how, namespace }) },
        raiseError: false,
      })

    test.each([[['ours', 'memories']], [['assistants', 'any-assistant', 'configs']]])(
      'are read-only for the code of a graph in %j, except for administrators',
      async (namespace) => {
        const { store } = clientOfPerson(server.url, root)
        await store.putItem(namespace, '/rules.md', { content: 'for all' })
        const refused = `The files in ${JSON.stringify(namespace)} are shared by the runs of all users, so a change of them requires the role "administer"`
        for (const [of, how] of changes) {
          const values = await change(bob, of, how, namespace)
          expect(values, `${how} by ${of}`).toMatchObject({ __error__: { message: expect.stringContaining(refused) } })
        }
        expect((await store.getItem(namespace, '/rules.md'))?.value).toEqual({ content: 'for all' })
        // The other write of the refused batch.
        expect(await store.getItem(['notes'], 'of the batch')).toBeNull()
        expect(await change(root, 'run', 'put', namespace)).toMatchObject({ seen: { changed: true } })
        expect((await store.getItem(namespace, '/rules.md'))?.value).toEqual({ content: 'forged' })
      },
    )

    test('do not include other items of the same agent', async () => {
      for (const namespace of [['ours', 'notes'], ['notes'], ['mine', 'memories']])
        expect(await change(bob, 'run', 'put', namespace)).toMatchObject({ seen: { changed: true } })
    })
  },
)
