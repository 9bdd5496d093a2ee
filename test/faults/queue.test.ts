import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { askedQuestions } from '@hadal/runtime/fixtures/asked-questions'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import type { Client } from '@langchain/langgraph-sdk'
import { expect, test } from 'vitest'
import { withConnection } from './ground/fault-database.ts'
import type { AcceptedRun } from './ground/oracle.ts'
import { releaseBefore } from './ground/release-before.ts'
import type { SupervisedServer } from './ground/supervised-server.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()
const threads = 4
const runsOfThread = 10
const stepsOfRun = 2
/** Index of the run of each thread that a client cancels while it waits. */
const cancelled = 6

/** Submits runs to one thread in order, each to the next server, and cancels one of them. */
async function submitInOrder(servers: readonly SupervisedServer[], first: number): Promise<AcceptedRun[]> {
  const clientAt = (index: number) => (servers[index % servers.length] ?? servers[0])?.current.client
  const { file } = ground().files()
  const runs: AcceptedRun[] = []
  const { thread_id } = (await clientAt(first)?.threads.create()) ?? { thread_id: '' }
  for (let index = 0; index < runsOfThread; index += 1) {
    const client = clientAt(first + index)
    // A later run on the thread continues the count of steps.
    const steps = stepsOfRun * (index < cancelled ? index + 1 : index)
    const submitted = await client?.runs.create(thread_id, 'work', {
      input: { file, steps, pauseMs: 200 },
      multitaskStrategy: 'enqueue',
      streamMode: ['updates'],
    })
    const runId = submitted?.run_id ?? ''
    if (index === cancelled) await client?.runs.cancel(thread_id, runId, true)
    runs.push({ threadId: thread_id, runId, file, ends: index === cancelled ? 'interrupted' : 'success' })
  }
  return runs
}

test('servers of both releases are killed while the runs of few threads wait: each run is executed, in order, one at a time on its thread', async () => {
  const { agents, program } = await releaseBefore()
  const old = await ground().supervise(
    { AGENTS_CONFIG: agents },
    { start: (variables) => startServerProcess(variables, program) },
  )
  const servers = [await ground().supervise(), old, await ground().supervise()]
  const ofThreads = await Promise.all(Array.from({ length: threads }, (_, index) => submitInOrder(servers, index)))
  for (const server of servers) {
    await pause(700)
    await server.replace('SIGKILL')
  }
  await servers[0]?.replace('SIGTERM')
  await ground().verify(ofThreads.flat(), servers, 150_000)
  for (const runs of ofThreads) {
    const [{ file = '' } = {}] = runs
    const executed = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).run)
    const inTurn = executed.filter((runId, index) => runId !== executed[index - 1])
    expect(inTurn).toEqual(runs.filter((_, index) => index !== cancelled).map(({ runId }) => runId))
    const all = await withConnection(ground().url, (client) =>
      client.query<{ waiting: number }>('SELECT count(*)::int AS waiting FROM hadal.ready_run WHERE thread_id = $1', [
        runs[0]?.threadId,
      ]),
    )
    expect(all.rows).toEqual([{ waiting: 0 }])
  }
})

/** Number of runs that each thread accepts before it asks. */
const heldRuns = 3

/** Submits a run that asks for an approval in some seconds, and runs behind it. */
async function holdRuns(servers: readonly SupervisedServer[], first: number) {
  const clientAt = (index: number) => servers[index % servers.length]?.current.client
  const { file } = ground().files()
  const { thread_id: threadId = '' } = (await clientAt(first)?.threads.create()) ?? {}
  const content = JSON.stringify({ file: `${file}-paid`, amount: 1 })
  await clientAt(first)?.runs.create(threadId, 'payer', {
    input: { messages: [{ role: 'user', content }] },
    afterSeconds: 8,
  })
  const held: AcceptedRun[] = []
  for (let count = 1; count <= heldRuns; count += 1) {
    const run = await clientAt(first + count)?.runs.create(threadId, 'work', {
      input: { file, steps: stepsOfRun * count, pauseMs: 200 },
      streamMode: ['updates'],
      afterSeconds: 9,
    })
    held.push({ threadId, runId: run?.run_id ?? '', file, ends: 'success' })
  }
  return { threadId, file, held }
}

test('servers are killed while runs wait for an answer, and while these runs start after it: each is executed, in order', async () => {
  const servers = [await ground().supervise(), await ground().supervise()]
  const clientAt = (index: number): Client => {
    const server = servers[index % servers.length]
    if (!server) throw new Error('No server runs.')
    return server.current.client
  }
  const all = await Promise.all([0, 1, 2].map((first) => holdRuns(servers, first)))
  const asks = (threadId: string) =>
    eventually(
      async () => (await clientAt(0).threads.get(threadId)).status,
      (status) => status === 'interrupted',
    )
  for (const { threadId } of all) await asks(threadId)
  for (const server of servers) await server.replace('SIGKILL')
  for (const [index, { threadId, held }] of all.entries()) {
    const pending = await clientAt(index).runs.list(threadId, { status: 'pending' })
    expect(pending.map(({ run_id }) => run_id).toSorted()).toEqual(held.map(({ runId }) => runId).toSorted())
    const [question] = await askedQuestions(clientAt(index), threadId)
    const resume = { [question?.id ?? '']: { decisions: [{ type: 'approve' }] } }
    await clientAt(index).runs.wait(threadId, 'payer', { command: { resume } })
  }
  await servers[1]?.replace('SIGKILL')
  await pause(500)
  await servers[0]?.replace('SIGKILL')
  await ground().verify(
    all.flatMap(({ held }) => held),
    servers,
    150_000,
  )
  for (const { file, held } of all) {
    expect(readFileSync(`${file}-paid`, 'utf8')).toBe('paid 1\n')
    const executed = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).run)
    const inTurn = executed.filter((runId, index) => runId !== executed[index - 1])
    expect(inTurn).toEqual(held.map(({ runId }) => runId))
  }
})
