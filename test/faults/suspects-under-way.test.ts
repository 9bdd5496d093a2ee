import { eventually } from '@hadal/runtime/fixtures/eventually'
import { describe, expect, test } from 'vitest'
import { useSuspects } from './ground/use-suspects.ts'

const { attemptsOf, rows, start, suspect } = useSuspects()

describe('an active suspect', () => {
  test('that blocks its event loop can be cancelled, which is no evidence against it', async () => {
    const api = await start({ ROLE: 'api' })
    const { thread_id, run_id, lines, status } = await suspect(api, 'block')
    await start({ ROLE: 'worker' })
    await eventually(lines, (seen) => seen.length === 1, 120_000)
    await api.client.runs.cancel(thread_id, run_id)
    await eventually(status, (now) => now === 'interrupted')
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'ended', detail: null }])
  }, 240_000)

  test('that cannot write waits until the reason is recorded, and returns its run to the queue', async () => {
    const api = await start({ ROLE: 'api' })
    const { run_id, status } = await suspect(api, 'nothing')
    const full = `CREATE FUNCTION public.full_for_child() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('application_name') <> 'hadal suspect' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
      END $$;
      CREATE TRIGGER full_for_child BEFORE INSERT ON hadal.run_event FOR EACH ROW EXECUTE FUNCTION public.full_for_child();
      CREATE TRIGGER full_for_child BEFORE UPDATE ON hadal.run FOR EACH ROW EXECUTE FUNCTION public.full_for_child();`
    await rows(full, [])
    const worker = await start({ ROLE: 'worker' })
    await eventually(() => worker.log.some((line) => line.includes('"event":"lease_lost"')), Boolean, 120_000)
    await rows('DROP FUNCTION public.full_for_child() CASCADE', [])
    await eventually(status, (now) => now === 'success', 60_000)
    const [first] = await attemptsOf(run_id)
    expect(first).toEqual({ reason: 'database', detail: 'The database was unavailable for longer than a lease.' })
  }, 240_000)

  test('returns to the queue when its worker drains, and the next worker executes it', async () => {
    const api = await start({ ROLE: 'api' })
    const { thread_id, run_id, lines, status } = await suspect(api, 'wait')
    const worker = await start({ ROLE: 'worker', DRAIN_SECONDS: '6' })
    await eventually(lines, (seen) => seen.length === 1, 120_000)
    expect(await worker.end('SIGTERM')).toBe(0)
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'returned', detail: null }])
    await start({ ROLE: 'worker' })
    await eventually(lines, (seen) => seen.length === 2, 120_000)
    expect(await status()).toBe('running')
    // The worker of the next test executes one suspect at a time.
    await api.client.runs.cancel(thread_id, run_id, true)
  }, 300_000)

  test('ends with a timeout when it exceeds its time limit, even if it blocks its event loop', async () => {
    const api = await start({ ROLE: 'api' })
    const { run_id, status } = await suspect(api, 'block')
    await start({ ROLE: 'worker', RUN_LIMIT_SECONDS: '5' })
    await eventually(status, (now) => now === 'timeout', 120_000)
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'ended', detail: null }])
  }, 240_000)
})
