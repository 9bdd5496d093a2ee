import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import type { Client } from '@langchain/langgraph-sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import { type ReleaseBefore, releaseBefore } from './ground/release-before.ts'
import type { SupervisedServer } from './ground/supervised-server.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()
let before: ReleaseBefore | undefined

beforeAll(async () => {
  before = await releaseBefore()
}, 240_000)

/** A supervised server of the release before, on the database that this release migrated. */
async function superviseBefore(variables: Readonly<Record<string, string>> = {}): Promise<SupervisedServer> {
  if (!before) throw new Error('The release before is not there.')
  const { agents, program } = before
  return ground().supervise(
    { AGENTS_CONFIG: agents, ...variables },
    { start: (all) => startServerProcess(all, program) },
  )
}

interface Pending {
  readonly id?: string
}

async function pendingOf(client: Client, threadId: string): Promise<Pending[]> {
  return Object.values((await client.threads.get(threadId)).interrupts).flat()
}

/** Asks for a payment and waits for the question. */
async function askedFor(client: Client, amount: number): Promise<{ threadId: string; runId: string; file: string }> {
  const { file } = ground().files()
  const { thread_id } = await client.threads.create()
  const messages = [{ role: 'user', content: JSON.stringify({ file, amount }) }]
  const { run_id } = await client.runs.create(thread_id, 'payer', { input: { messages } })
  await eventually(
    () => client.runs.get(thread_id, run_id),
    ({ status }) => status === 'interrupted',
  )
  return { threadId: thread_id, runId: run_id, file }
}

/** Approves the one question of a thread. @returns the run that goes on with it */
async function approve(client: Client, threadId: string): Promise<string> {
  const [question, ...others] = await pendingOf(client, threadId)
  if (!question?.id || others.length > 0) throw new Error(`Thread ${threadId} must have one question.`)
  const resume = { [question.id]: { decisions: [{ type: 'approve' }] } }
  return (await client.runs.create(threadId, 'payer', { command: { resume } })).run_id
}

const paid = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [])

describe('the release before, beside this one on the migrated database', () => {
  test('loses, doubles and blames no run, though both are killed in turn', async () => {
    const { submit, verify } = ground()
    const old = await superviseBefore()
    const now = await ground().supervise()
    const runs = await Promise.all(
      Array.from({ length: 16 }, (_, index) => {
        const { client } = (index % 2 === 0 ? old : now).current
        return submit(client, { graph: 'work', steps: 16, input: { pauseMs: 700 } })
      }),
    )
    await begun(runs, 2)
    for (const server of [old, now, old, now]) {
      await server.replace('SIGKILL')
      await pause(1_500)
    }
    await verify(runs, [old, now], 90_000)
  })

  test.for([
    { asks: 'the release before', answers: 'this release', first: 'old' },
    { asks: 'this release', answers: 'the release before', first: 'new' },
  ])('$asks asks for an approval, $answers takes the answer, and the call is executed once', async ({ first }) => {
    const startFirst = first === 'old' ? superviseBefore : ground().supervise
    const startSecond = first === 'old' ? ground().supervise : superviseBefore
    const asking = await startFirst()
    const { threadId, runId, file } = await askedFor(asking.current.client, 1)
    await asking.stop()
    const answering = await startSecond()
    const resumed = await approve(answering.current.client, threadId)
    const run = (id: string, ends: 'success' | 'interrupted') => ({ threadId, runId: id, file: '', ends })
    await ground().verify([run(runId, 'interrupted'), run(resumed, 'success')], [asking, answering])
    expect(paid(file)).toEqual(['paid 1'])
  })
})
