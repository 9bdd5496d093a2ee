import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { generateFernetKey } from '@hadal/platform/fernet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorAgent, clientAs } from '../../fixtures/author-sign-in.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { type WrittenProject, writeProject } from '../../fixtures/write-project.ts'

/** Module of an Auth that answers for each user as a file with the name of the user says. @param folder folder of these files */
const authOf = (folder: string): string => `
  import { existsSync, readFileSync } from 'node:fs'
  import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth'
  const answers = {
    refuses: () => { throw new HTTPException(401, { message: 'Your session has ended.' }) },
    'identifies nobody': () => null,
    'identifies another user': () => ({ identity: 'other', permissions: [] }),
    'moves the user': (identity: string) => ({ identity, permissions: [], tenant: 'other' }),
    fails: () => { throw new Error('planted failure') },
    'is limited': () => { throw new HTTPException(429, { message: 'Too many requests.' }) },
    hangs: () => new Promise(() => {}),
  }
  export const auth = new Auth().authenticate((request) => {
    const identity = request.headers.get('authorization') ?? ''
    const file = ${JSON.stringify(`${folder}/`)} + identity
    return existsSync(file) ? answers[readFileSync(file, 'utf8')](identity) : { identity, permissions: [] }
  })`

const database = createDatabase()
let project: WrittenProject
let server: TestServer
beforeAll(async () => {
  project = writeProject({ 'agent.ts': authorAgent })
  writeFileSync(join(project.folder, 'auth.ts'), authOf(project.folder))
  const file = { graphs: { agent: './agent.ts:graph' }, auth: { path: './auth.ts:auth' } }
  writeFileSync(project.config, JSON.stringify(file))
  const variables = { AGENTS_CONFIG: project.config, ACCESS: '{"kind":"custom"}', ENCRYPTION_KEY: generateFernetKey() }
  server = await startTestServer(database(), variables)
})
afterAll(async () => {
  await server?.drain()
  project?.remove()
})

/** Maximum time in milliseconds until the end of a stream whose user is refused: much more than promised, for a machine under load. */
const endsWithinMs = 60_000

/** Opens the stream of a user's thread. @returns how it ends */
async function openStream(user: string): Promise<{ readonly end: Promise<string> }> {
  const { thread_id } = await clientAs(server, user).threads.create()
  const path = `${server.url}/threads/${thread_id}/stream`
  const response = await fetch(path, { headers: { authorization: user } })
  expect(response.status).toBe(200)
  const end = response.text().then(
    () => 'complete',
    () => 'cut',
  )
  return { end }
}

/** How a stream ended by now, or `open`. */
const endOf = ({ end }: { readonly end: Promise<string> }, withinMs: number): Promise<string> =>
  Promise.race([end, pause(withinMs, 'open', { ref: false })])

test('open streams end when the author’s sign-in refuses their user, and continue while it fails or hangs', async () => {
  const refusals = ['refuses', 'identifies nobody', 'identifies another user', 'moves the user']
  const failures = ['fails', 'is limited', 'hangs']
  const say = (user: string, answer: string): void => writeFileSync(join(project.folder, user), answer)
  const opened = new Map<string, Awaited<ReturnType<typeof openStream>>>()
  for (const answer of [...failures, ...refusals]) opened.set(answer, await openStream(`user of ${answer}`))
  const accepted = await openStream('accepted')
  const { thread_id } = await clientAs(server, 'joins').threads.create()
  const joined = (async () => {
    for await (const _ of clientAs(server, 'joins').threads.joinStream(thread_id));
  })()
  joined.catch(() => {})

  for (const answer of opened.keys()) say(`user of ${answer}`, answer)
  say('joins', 'refuses')
  const ends = await Promise.all(refusals.map((answer) => endOf(opened.get(answer) ?? accepted, endsWithinMs)))
  expect(ends).toEqual(refusals.map(() => 'cut'))
  await expect(joined).rejects.toThrow()
  for (const answer of failures) expect(await endOf(opened.get(answer) ?? accepted, 100), answer).toBe('open')
  expect(await endOf(accepted, 100)).toBe('open')
  await eventually(
    () => server.logged,
    (lines) => lines.some(({ event, handler }) => event === 'auth_handler_failed' && handler === 'authenticate'),
  )
  expect(server.logged).toContainEqual(
    expect.objectContaining({ event: 'request_cut_after_sign_in_ended', user: 'user of refuses' }),
  )

  say('user of fails', 'refuses')
  expect(await endOf(opened.get('fails') ?? accepted, endsWithinMs)).toBe('cut')
})
