import { afterEach, describe, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { effectsFiles } from '../../fixtures/effects-file.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { type ServerProcess, startServerProcess } from '../../fixtures/server-process.ts'

const database = createDatabase()
const effects = effectsFiles()
const started: ServerProcess[] = []

async function start(variables: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: database(), ...variables })
  started.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.end('SIGKILL')))
})

interface Pending {
  readonly id?: string
  readonly value?: unknown
}
const approve = { decisions: [{ type: 'approve' }] }

async function asked({ client }: ServerProcess, args: object): Promise<{ threadId: string; pending: Pending[] }> {
  const { thread_id } = await client.threads.create()
  const content = JSON.stringify([{ name: 'pay', args }])
  await client.runs.wait(thread_id, 'guarded', { input: { messages: [{ role: 'user', content }] } })
  return { threadId: thread_id, pending: Object.values((await client.threads.get(thread_id)).interrupts).flat() }
}

describe('kill -9', () => {
  test('between an approval and the execution of its call executes the call once', async () => {
    const { path, lines } = effects()
    const first = await start()
    const { threadId, pending } = await asked(first, { file: path, amount: 1 })
    await first.end('SIGKILL')
    // The server accepts the answer, and dies before a worker executes the run.
    const second = await start({ ROLE: 'api' })
    const resume = { [pending[0]?.id ?? '']: approve }
    const { run_id } = await second.client.runs.create(threadId, 'guarded', { command: { resume } })
    await second.end('SIGKILL')
    const third = await start()
    await eventually(
      () => third.client.runs.get(threadId, run_id),
      ({ status }) => status === 'success',
    )
    expect(lines()).toEqual(['paid 1'])
  })

  test('during an approved call does not execute it again: a new question says that the call may have acted', async () => {
    const { path, lines } = effects()
    const first = await start()
    const { threadId, pending } = await asked(first, { file: path, amount: 1, kill: true })
    const resume = { [pending[0]?.id ?? '']: approve }
    // The call kills the server, possibly before the response to the request.
    await first.client.runs.create(threadId, 'guarded', { command: { resume } }).catch(() => {})
    await eventually(
      () => first.process.signalCode,
      (signal) => signal === 'SIGKILL',
    )
    const second = await start()
    const [{ run_id } = { run_id: '' }] = await second.client.runs.list(threadId)
    await eventually(
      () => second.client.runs.get(threadId, run_id),
      ({ status }) => status === 'interrupted',
    )
    expect(lines()).toEqual(['paid 1'])
    const again = Object.values((await second.client.threads.get(threadId)).interrupts).flat()
    expect(again).toMatchObject([{ value: { approval: { because: expect.stringContaining('may have acted') } } }])
    const edited = { decisions: [{ type: 'edit', editedAction: { name: 'pay', args: { file: path, amount: 2 } } }] }
    const id = again[0]?.id ?? ''
    await second.client.runs.wait(threadId, 'guarded', { command: { resume: { [id]: edited } } })
    expect(lines()).toEqual(['paid 1', 'paid 2'])
  })
})
