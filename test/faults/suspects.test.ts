import { eventually } from '@hadal/runtime/fixtures/eventually'
import { describe, expect, test } from 'vitest'
import { useSuspects } from './ground/use-suspects.ts'

const { attemptsOf, effects, rows, start, submit, supervise, suspect } = useSuspects()

/** Matches the recorded reason of a child process that died by its memory use. Its heap has a limit of its own, which it may reach first. */
const tooMuch =
  /^The child process (ended with signal SIGABRT\. It used \d+ MiB of memory when it was last measured|used \d+ MiB of memory, more than its 360 MiB, and was killed)\.$/

test('suspects that fill the heap or the buffers become dead letters after three child processes each, and their worker survives', async () => {
  const api = await start({ ROLE: 'api' })
  const suspects = [await suspect(api, 'heap'), await suspect(api, 'buffers')]
  const worker = await start({ ROLE: 'worker' })
  const died = { reason: 'process_died', detail: expect.stringMatching(tooMuch) }
  for (const { run_id, status } of suspects) {
    await eventually(status, (now) => now === 'error', 240_000)
    expect(await attemptsOf(run_id)).toEqual([died, died, died])
  }
  expect(worker.process.exitCode).toBeNull()
}, 540_000)

describe('one worker that dies again and again', () => {
  test('loses no innocent run: only the run that kills it becomes a dead letter', async () => {
    const server = await supervise()
    const innocents = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { client } = server.current
        const { thread_id } = await client.threads.create()
        const input = { file: effects().path, steps: 2, pauseMs: 2_000 }
        const { run_id } = await client.runs.create(thread_id, 'steps', { input })
        return run_id
      }),
    )
    // Last, because it ends the server that accepts the others.
    const poison = await submit(server.current, 'exit')
    const statuses = async () =>
      (await rows('SELECT run_id, status FROM hadal.run WHERE run_id = ANY($1)', [[poison.run_id, ...innocents]])).map(
        ({ run_id, status }) => `${run_id === poison.run_id ? 'poison' : 'innocent'} ${status}`,
      )
    const right = ['innocent success', 'innocent success', 'innocent success', 'innocent success', 'poison error']
    await eventually(statuses, (seen) => seen.every((one) => right.includes(one)), 300_000)
    expect((await statuses()).toSorted()).toEqual(right)
    const dead = await rows(
      "SELECT data->>'runId' AS run_id FROM pgboss.job WHERE name = 'run-dead' AND data->>'runId' = ANY($1)",
      [[poison.run_id, ...innocents]],
    )
    expect(dead).toEqual([{ run_id: poison.run_id }])
    expect(server.unexpectedEnds).toEqual([])
    // Two deaths make the runs suspects. From then on the worker survives.
    expect(server.lives).toHaveLength(3)
  }, 420_000)

  test('continues other runs while a suspect that kills it with its child process waits, and makes no run a dead letter', async () => {
    const server = await supervise()
    const poison = await submit(server.current, 'worker')
    const waits = () =>
      rows('SELECT suspect_waits FROM hadal.run WHERE run_id = $1 AND suspect_until > now()', [poison.run_id])
    expect(await eventually(waits, (seen) => seen.length > 0, 240_000)).toEqual([{ suspect_waits: 1 }])
    expect(await attemptsOf(poison.run_id)).toEqual([{ reason: 'process_died', detail: 'Its worker died as well.' }])
    const other = await submit(server.current, 'nothing')
    await eventually(
      () => rows('SELECT status FROM hadal.run WHERE run_id = $1', [other.run_id]),
      ([seen]) => seen?.status === 'success',
    )
    expect(await rows('SELECT error FROM hadal.run WHERE run_id = $1', [poison.run_id])).toEqual([{ error: null }])
    expect(server.lives).toHaveLength(4)
  }, 420_000)
})
