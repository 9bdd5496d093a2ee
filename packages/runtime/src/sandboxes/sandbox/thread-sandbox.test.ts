import { inThread } from '@hadal/middleware/fixtures/in-thread'
import { createDeepAgent } from 'deepagents'
import { AIMessage, fakeModel } from 'langchain'
import { expect, test } from 'vitest'
import { RemoteSandbox, type SandboxConnection } from './remote-sandbox.ts'
import { type ExecutionStatus, type SandboxProvider, ThreadSandbox } from './thread-sandbox.ts'

/** Sandboxes that answer a command with whose it is; `exit N` ends with N, `hang` as one that took too long. */
class NamedSandboxes implements SandboxProvider {
  readonly kind = 'named'
  async of({ tenant, threadId }: { tenant: string; threadId: string }) {
    if (threadId === 'none-left') throw new Error('There is none left.')
    const connection: SandboxConnection = {
      id: `${tenant}/${threadId}`,
      limits: { commandSeconds: 7, outputBytes: 100, fileBytes: 100 },
      run: async (command) => ({
        output: Buffer.from(`${tenant}/${threadId}: ${command}`),
        exitCode: Number(/^exit (\d+)$/.exec(command)?.[1] ?? 0),
        truncated: false,
        timedOut: command === 'hang',
      }),
      upload: async () => null,
      download: async (path) => Buffer.from(`${threadId} has ${path}`),
    }
    return new RemoteSandbox(connection)
  }
  async release(): Promise<void> {}
  async close(): Promise<void> {}
}

test('a command, and a file, go to the sandbox of the thread whose run it is', async () => {
  const sandbox = new ThreadSandbox(new NamedSandboxes())
  const said = await inThread({ thread_id: 't1', tenant: 'acme' }, async () => sandbox.execute('pwd'))
  expect(said.output).toBe('acme/t1: pwd')
  const [file] = await inThread({ thread_id: 't2' }, async () => sandbox.downloadFiles(['/f']))
  expect(Buffer.from(file?.content ?? []).toString()).toBe('t2 has /f')
})

test('a run without a thread gets no sandbox, rather than one that it would share', async () => {
  const sandbox = new ThreadSandbox(new NamedSandboxes())
  await expect(inThread({}, async () => sandbox.execute('pwd'))).rejects.toThrow('Set `configurable.thread_id`')
})

test('how each command ended is told in one of four words', async () => {
  const statuses: ExecutionStatus[] = []
  const sandbox = new ThreadSandbox(new NamedSandboxes(), (status) => statuses.push(status))
  await inThread({ thread_id: 't' }, async () => {
    await sandbox.execute('true')
    await sandbox.execute('exit 2')
    return sandbox.execute('hang')
  })
  await inThread({ thread_id: 'none-left' }, async () => sandbox.execute('x')).catch(() => {})
  expect(statuses).toEqual(['ok', 'failed', 'timeout', 'unavailable'])
})

test('an agent with it has the tool execute, and its subagents share the thread’s sandbox', async () => {
  const model = fakeModel()
    .respondWithTools([{ name: 'execute', args: { command: 'one' } }])
    .respondWithTools([{ name: 'task', args: { description: 'two', subagent_type: 'general-purpose' } }])
    .respondWithTools([{ name: 'execute', args: { command: 'two' } }])
    .respond(new AIMessage('the subagent is done'))
    .respond(new AIMessage('done'))
  const commands: string[] = []
  const provider = new NamedSandboxes()
  const sandbox = new ThreadSandbox(provider)
  const execute = sandbox.execute.bind(sandbox)
  sandbox.execute = async (command) => {
    const response = await execute(command)
    commands.push(response.output)
    return response
  }
  const agent = createDeepAgent({ model, backend: sandbox })
  await agent.invoke({ messages: [{ role: 'user', content: 'go' }] }, { configurable: { thread_id: 'shared' } })
  expect(commands).toEqual(['default/shared: one', 'default/shared: two'])
})
