import { inThread } from '@hadal/middleware/fixtures/in-thread'
import { createDeepAgent } from 'deepagents'
import { AIMessage, fakeModel } from 'langchain'
import { expect, test } from 'vitest'
import { RemoteSandbox, type SandboxConnection } from './remote-sandbox.ts'
import { type ExecutionStatus, type SandboxProvider, ThreadSandbox } from './thread-sandbox.ts'

/** Sandboxes that answer a command with the name of their thread; `exit N` ends with code N, `hang` as a timeout. */
class NamedSandboxes implements SandboxProvider {
  readonly kind = 'named'
  async of({ tenant, threadId }: { tenant: string; threadId: string }) {
    if (threadId === 'none-left') throw new Error('No sandbox is available.')
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

test('runs a command, and transfers a file, in the sandbox of the thread of the run', async () => {
  const sandbox = new ThreadSandbox(new NamedSandboxes())
  const said = await inThread({ thread_id: 't1', tenant: 'acme' }, async () => sandbox.execute('pwd'))
  expect(said.output).toBe('acme/t1: pwd')
  const [file] = await inThread({ thread_id: 't2' }, async () => sandbox.downloadFiles(['/f']))
  expect(Buffer.from(file?.content ?? []).toString()).toBe('t2 has /f')
})

test('a run without a thread gets no sandbox, instead of a shared one', async () => {
  const sandbox = new ThreadSandbox(new NamedSandboxes())
  await expect(inThread({}, async () => sandbox.execute('pwd'))).rejects.toThrow('Set `configurable.thread_id`')
})

test('reports the status of each command as one of four words', async () => {
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

test('gives an agent the tool execute, and shares the sandbox of the thread with its subagents', async () => {
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
