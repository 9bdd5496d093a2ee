import { afterEach, describe, expect, test, vi } from 'vitest'
import { graph as echo } from '../fixtures/agents/echo.ts'
import { graph as questions } from '../fixtures/agents/questions.ts'
import { graph as steps } from '../fixtures/agents/steps.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const server = useTestServer(database)

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a run reads the state of its thread once after its graph', () => {
  test('when the graph has finished, and the thread has the state of the run', async () => {
    const reads = vi.spyOn(echo, 'getState')
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'echo', { input: { messages: [{ role: 'user', content: 'once' }] } })
    expect(reads).toHaveBeenCalledTimes(1)
    const thread = await client.threads.get(thread_id)
    expect(thread.status).toBe('idle')
    expect(JSON.stringify(thread.values)).toContain('You said: once')
    expect(thread.values).toEqual((await client.threads.getState(thread_id)).values)
  })

  test('when the graph is interrupted, and the thread has the interrupts', async () => {
    const reads = vi.spyOn(questions, 'getState')
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'questions', { input: { questions: ['a', 'b'] } })
    expect(reads).toHaveBeenCalledTimes(1)
    const { status, interrupts } = await client.threads.get(thread_id)
    const { tasks } = await client.threads.getState(thread_id)
    expect(status).toBe('interrupted')
    expect(Object.values(interrupts).flat()).toEqual(tasks.flatMap((task) => task.interrupts))
  })

  test('when the run was cancelled, and the thread has its finished steps', async () => {
    const reads = vi.spyOn(steps, 'getState')
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'steps', { input: { steps: 90, pauseMs: 200 } })
    await eventually(
      () => client.threads.getHistory(thread_id),
      ({ length }) => length >= 4,
    )
    reads.mockClear()
    await client.runs.cancel(thread_id, run_id, true)
    expect(reads).toHaveBeenCalledTimes(1)
    expect((await client.threads.get(thread_id)).values).toEqual((await client.threads.getState(thread_id)).values)
  })

  test('when a step failed, and the thread has the steps before', async () => {
    const reads = vi.spyOn(steps, 'getState')
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'steps', { input: { steps: 3, failAt: 3 } }).catch(() => {})
    expect(reads).toHaveBeenCalledTimes(1)
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'error', values: { done: [1, 2] } })
  })
})

/** Requests the rollback of a run in the transaction that writes its last checkpoint, without a notification: the graph then ends by itself. */
const rollbackAtTheLastStep = `
  CREATE FUNCTION roll_back() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE hadal.run SET cancel = 'rollback' WHERE run_id = (NEW.metadata->>'run_id')::uuid AND NEW.metadata->>'step' = '1';
    RETURN NEW;
  END $$;
  CREATE TRIGGER roll_back BEFORE INSERT ON public.checkpoints FOR EACH ROW EXECUTE FUNCTION roll_back();`

test('a run that is rolled back after its graph has finished leaves none of its state in the thread', async () => {
  await withClient(database(), async (observer) => {
    await observer.query(rollbackAtTheLastStep)
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.create(thread_id, 'echo', { input: { messages: [{ role: 'user', content: 'gone' }] } })
    const thread = await eventually(
      () => client.threads.get(thread_id),
      ({ status }) => status !== 'busy',
    )
    expect(await client.runs.list(thread_id)).toEqual([])
    expect(thread.status).toBe('idle')
    expect(JSON.stringify(thread.values)).not.toContain('gone')
  })
})
