import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from '@langchain/langgraph-sdk'
import { expect, onTestFinished, test } from 'vitest'
import { hasResearcher, makeClone } from './fixtures/clone.ts'

interface Message {
  readonly id: string
  readonly type: string
  readonly name?: string
  readonly tool_calls?: readonly { readonly name: string }[]
}

test.runIf(hasResearcher)(
  'a run continues after kill -9 of its server and the next start, without repeating finished steps, and kill -9 of the command leaves no processes',
  {
    timeout: 180_000,
  },
  async () => {
    const clone = makeClone()
    onTestFinished(() => clone.remove())
    const first = clone.hadal('up')
    const [, threadId = ''] = await first.until(/thread +([0-9a-f-]{36})/)
    const [, url = ''] = await first.until(/agent server on (\S+)/)
    await first.until(/subagent +document-reader/)
    const messagesOf = async (address: string): Promise<Message[]> =>
      (await new Client({ apiUrl: address }).threads.getState<{ messages: Message[] }>(threadId)).values.messages
    const before = await messagesOf(url)
    const server = clone.processes().find(({ command }) => command.includes('runtime/src/main.ts'))
    process.kill(server?.pid ?? 0, 'SIGKILL')
    expect([await first.ended, first.text()]).toEqual([1, expect.stringMatching(/agent server exited with SIGKILL/)])
    await clone.untilNothingRuns()

    const second = clone.hadal('up')
    const [, address = ''] = await second.until(/agent server on (\S+)/)
    await second.until(/1 thread of earlier starts[\s\S]*Ctrl-C stops/)
    const client = new Client({ apiUrl: address })
    for (
      const end = Date.now() + 60_000;
      (await client.threads.get(threadId)).status !== 'interrupted';
      await pause(200)
    ) {
      if (Date.now() > end)
        throw new Error(`the run did not continue: ${JSON.stringify(await client.threads.get(threadId))}`)
    }
    const { interrupts } = await client.threads.get(threadId)
    const [id = ''] = Object.values(interrupts ?? {})
      .flat()
      .map((interrupt) => interrupt.id)
    await client.runs.wait(threadId, 'researcher', {
      command: { resume: { [id]: { decisions: [{ type: 'approve' }] } } },
    })
    const after = await messagesOf(address)
    // A repeated step would have added another message, or the same one with another id.
    expect(after.slice(0, before.length).map((message) => message.id)).toEqual(before.map((message) => message.id))
    const calls = after.flatMap((message) => message.tool_calls ?? []).map(({ name }) => name)
    expect(calls).toEqual(['write_todos', 'write_file', 'task', 'write_file', 'write_todos'])
    // After kill -9 of the command, neither its server nor its database may run.
    second.process.kill('SIGKILL')
    await clone.untilNothingRuns()
  },
)
