import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import type { Client } from '@langchain/langgraph-sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import type { AcceptedRun } from './ground/oracle.ts'
import { type ReleaseBefore, releaseBefore } from './ground/release-before.ts'
import type { SupervisedServer } from './ground/supervised-server.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()
let before: ReleaseBefore | undefined

beforeAll(async () => {
  before = await releaseBefore()
}, 240_000)

/** A supervised server of the previous release, on the database that this release migrated. */
async function superviseBefore(variables: Readonly<Record<string, string>> = {}): Promise<SupervisedServer> {
  if (!before) throw new Error('The previous release is not installed.')
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

/** A run that calls one tool. */
interface Call extends AcceptedRun {
  /** Recorded executions of the tool, one line each. */
  lines(): string[]
  open(): void
}

/** Starts a run that calls `pay`, which needs an approval, or `send`, which does not. The tool call ends when the gate file exists. */
async function call(client: Client, name: 'pay' | 'send', amount: number): Promise<Call> {
  const { file, gate, open } = ground().files()
  const { thread_id } = await client.threads.create()
  const messages = [{ role: 'user', content: JSON.stringify({ name, file, amount, gate }) }]
  const { run_id } = await client.runs.create(thread_id, 'payer', { input: { messages } })
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [])
  return { threadId: thread_id, runId: run_id, ends: 'interrupted', file: '', lines, open }
}

const asks = (client: Client, { threadId, runId }: AcceptedRun) =>
  eventually(
    () => client.runs.get(threadId, runId),
    ({ status }) => status === 'interrupted',
  )

/** Answers the only open interrupt of a thread. @returns the run that continues with the answer */
async function answer(client: Client, { threadId }: AcceptedRun, decision: object): Promise<AcceptedRun> {
  const [question, ...others] = await pendingOf(client, threadId)
  if (!question?.id || others.length > 0) throw new Error(`Thread ${threadId} must have exactly one pending question.`)
  const resume = { [question.id]: { decisions: [decision] } }
  const { run_id } = await client.runs.create(threadId, 'payer', { command: { resume } })
  return { threadId, runId: run_id, file: '', ends: 'success' }
}

describe('the previous release, beside this one on the migrated database', () => {
  test('loses no run, repeats no finished step and makes no run a dead letter when both are killed in turn', async () => {
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
    { asks: 'the previous release', answers: 'this release', first: 'old' },
    { asks: 'this release', answers: 'the previous release', first: 'new' },
  ])('$asks requests an approval, $answers accepts the answer, and the call is executed once', async ({ first }) => {
    const startFirst = first === 'old' ? superviseBefore : ground().supervise
    const startSecond = first === 'old' ? ground().supervise : superviseBefore
    const asking = await startFirst()
    const run = await call(asking.current.client, 'pay', 1)
    run.open()
    await asks(asking.current.client, run)
    await asking.stop()
    const answering = await startSecond()
    const resumed = await answer(answering.current.client, run, { type: 'approve' })
    await ground().verify([run, resumed], [asking, answering])
    expect(run.lines()).toEqual(['paid 1'])
  })

  test.for([
    { begins: 'this release', takesOver: 'the previous release', first: 'new' },
    { begins: 'the previous release', takesOver: 'this release', first: 'old' },
  ])('a call during which $begins was killed is not repeated by $takesOver, which asks a person', async ({ first }) => {
    const startFirst = first === 'old' ? superviseBefore : ground().supervise
    const startSecond = first === 'old' ? ground().supervise : superviseBefore
    const killed = await startFirst()
    const { client } = killed.current
    const [paying, sending] = [await call(client, 'pay', 2), await call(client, 'send', 3)]
    await asks(client, paying)
    const approved = await answer(client, paying, { type: 'approve' })
    await eventually(
      () => [...paying.lines(), ...sending.lines()],
      (lines) => lines.length === 2,
    )
    await killed.stop('SIGKILL')
    const takingOver = await startSecond()
    const cutOff = [{ ...approved, ends: 'interrupted' } as const, sending]
    const answered: AcceptedRun[] = []
    for (const run of cutOff) {
      const other = takingOver.current.client
      await asks(other, run)
      expect(JSON.stringify(await pendingOf(other, run.threadId))).toContain('may have acted')
      answered.push(await answer(other, run, { type: 'reject' }))
    }
    await ground().verify([paying, ...cutOff, ...answered], [killed, takingOver])
    expect([paying.lines(), sending.lines()]).toEqual([['paid 2'], ['sent 3']])
  })
})
