import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { clientOf, startTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const effects = effectsFiles()

/** Runs a command of the how-to, which must succeed. @returns its standard output */
async function command(...words: string[]): Promise<string> {
  const { code, output, errors } = await runProgram(words, serverAddresses(database()))
  expect([code, errors]).toEqual([0, expect.not.stringContaining('hadal-runtime: ')])
  return output.trim()
}

test('the steps of docs/how-to/upgrade-to-sign-in.md give an environment with data to its users while runs continue', async () => {
  const open = await startTestServer(database())
  const { gate, open: release } = effects()
  const turn = { input: { messages: [{ role: 'user' as const, content: 'hello' }] } }
  const ofAda: string[] = []
  for (const text of ['one', 'two']) {
    const { thread_id } = await open.client.threads.create({ metadata: { user: 'ada', text } })
    await open.client.runs.wait(thread_id, 'echo', turn)
    ofAda.push(thread_id)
  }
  await open.client.threads.create({ metadata: { user: 'bob' } })
  await open.client.store.putItem(['memories', 'ada'], 'a', { text: 'likes tea' })
  const { thread_id: busy } = await open.client.threads.create({ metadata: { user: 'ada' } })
  const { run_id } = await open.client.runs.create(busy, 'steps', { input: { steps: 3, gate } })
  await eventually(
    () => open.client.threads.get(busy),
    ({ status }) => status === 'busy',
  )

  // 1. Make keys: a server without sign-in ignores them.
  const admin = await command('keys', 'create', '--user', 'admin', '--roles', 'administer', '--name', 'operators')
  const ada = await command('keys', 'create', '--user', 'ada', '--roles', 'read,run', '--name', "ada's laptop")
  expect(await clientOf(open.url, ada).threads.count({})).toBe(4)

  // 2. Give threads and items to users.
  const assign = ['assign', '--user', 'ada', '--metadata', '{"user": "ada"}', '--items', 'memories.ada']
  const shown = await command(...assign, '--dry-run')
  expect(shown).toContain('threads: 3, runs: 3; 1 of the threads are busy')
  expect(await command(...assign)).toBe(
    'Given to user ada of tenant default:\nthreads: 2, runs: 2; 1 threads are busy: run the command again after their runs\nitems below memories.ada: 1',
  )

  // 3. Require the sign-in: servers of both kinds serve for a time.
  const signedIn = await startTestServer(database(), { ACCESS: JSON.stringify({ kind: 'api-keys' }) })
  release()
  await open.drain()
  try {
    const [ofUser, ofAdmin] = [clientOf(signedIn.url, ada), clientOf(signedIn.url, admin)]
    await eventually(
      () => ofAdmin.runs.get(busy, run_id),
      ({ status }) => status === 'success',
    )
    expect((await fetch(`${signedIn.url}/info`)).status).toBe(401)
    const idsOf = async (client: typeof ofUser) => new Set((await client.threads.search()).map((one) => one.thread_id))
    expect(await idsOf(ofUser)).toEqual(new Set(ofAda))

    // 4. Give the rest.
    await eventually(
      () => ofAdmin.threads.get(busy),
      ({ status }) => status === 'idle',
    )
    expect(await command(...assign)).toContain('threads: 1, runs: 1\n')
    expect(await command(...assign, '--dry-run')).toContain('threads: 0, runs: 0')

    // 5. Check.
    expect(await idsOf(ofUser)).toEqual(new Set([...ofAda, busy]))
    expect(await ofAdmin.threads.count({})).toBe(4)
    expect((await ofUser.store.getItem(['memories', 'ada'], 'a'))?.value).toEqual({ text: 'likes tea' })
    expect(await ofUser.runs.wait(ofAda[0] ?? '', 'echo', turn)).toMatchObject({ messages: expect.any(Array) })
  } finally {
    await signedIn.drain()
  }
}, 300_000)
