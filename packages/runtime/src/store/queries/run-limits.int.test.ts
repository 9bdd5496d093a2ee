import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { submission, useQueue } from '../../fixtures/use-queue.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { transaction } from '../transaction.ts'
import { type Claims, claimRuns } from './claim-runs.ts'
import type { RunCounts } from './run-counts.ts'
import { insertSubmittedRun, type Submission, type SubmittedRun } from './submit-run.ts'

const queue = useQueue()

const none: RunCounts = { perTenant: null, perUser: null }
const scope = (tenant: string, owner: string | null = null) => ({ tenant, owner, sees: 'all' }) as const
type TestScope = ReturnType<typeof scope>

/** Submits a run on a new thread, which waits in the queue. @returns its id */
async function submit(of: TestScope, given: Partial<SubmittedRun> = {}): Promise<string> {
  const run = submission(randomUUID(), { scope: of, thread: 'new', idleInstance: undefined, ...given })
  await insertSubmittedRun(queue().pool, run)
  return run.runId
}

async function submitMany(count: number, of: TestScope): Promise<string[]> {
  const ids: string[] = []
  for (let number = 0; number < count; number += 1) ids.push(await submit(of))
  return ids
}

const claim = (most: number, running: RunCounts = none): Promise<Claims> =>
  claimRuns(queue().pool, { instanceId: randomUUID(), most, running })
const idsOf = ({ claims }: Claims): string[] => claims.map(({ lease }) => lease.runId)

async function end(runId: string): Promise<void> {
  const { rows } = await queue().pool.query('SELECT thread_id FROM hadal.run WHERE run_id = $1', [runId])
  await queue().endRun(rows[0]?.thread_id, runId)
}

describe('tenants take turns', () => {
  test('a tenant with many waiting runs leaves places to another one', async () => {
    const noisy = await submitMany(20, scope('noisy'))
    const quiet = await submitMany(2, scope('quiet'))
    const first = idsOf(await claim(4))
    expect(new Set(first)).toEqual(new Set([...noisy.slice(0, 2), ...quiet]))
    // The tenant that has fewer running runs comes first, also at one place.
    await submit(scope('noisy'))
    const [late] = await submitMany(1, scope('late'))
    expect(idsOf(await claim(1))).toEqual([late])
  })

  test('a tenant with many waiting runs does not take every place that becomes free', async () => {
    await submitMany(30, scope('noisy'))
    const [quiet] = await submitMany(1, scope('quiet'))
    let turns = 0
    for (let claimed: string | undefined; claimed !== quiet; turns += 1) {
      const [next] = idsOf(await claim(1))
      if (next === undefined) throw new Error('No run was claimed.')
      await end(next)
      claimed = next
    }
    expect(turns).toBeLessThan(31)
  })

  test('the runs of a tenant start in the order of their acceptance, also those of several users', async () => {
    const runs: string[] = []
    for (const owner of ['b', 'a', null, 'b', 'c']) runs.push(await submit(scope('one', owner)))
    expect(idsOf(await claim(2))).toEqual(runs.slice(0, 2))
    expect(idsOf(await claim(10))).toEqual(runs.slice(2))
  })

  test('a claim fills all places, however many tenants have waiting runs', async () => {
    for (let tenant = 0; tenant < 30; tenant += 1) await submitMany(2, scope(`tenant ${tenant}`))
    expect(idsOf(await claim(50))).toHaveLength(50)
    expect(idsOf(await claim(50))).toHaveLength(10)
  })

  test('a run that was scheduled for later takes part when its time has come', async () => {
    const later = await submit(scope('one'), { afterSeconds: 3_600 })
    expect(idsOf(await claim(5))).toEqual([])
    // Without triggers: the time comes without a change of the rows.
    await withClient(queue().pool.options.connectionString ?? '', async (client) => {
      await client.query('SET session_replication_role = replica')
      await client.query("UPDATE pgboss.job SET start_after = now() - interval '1 s' WHERE id = $1", [later])
      await client.query("UPDATE hadal.ready_run SET ready_at = now() - interval '1 s' WHERE run_id = $1", [later])
    })
    expect(idsOf(await claim(5))).toEqual([later])
  })
})

describe('a limit of running runs', () => {
  test('passes over a tenant at its limit, and starts its next run when another one ended', async () => {
    const busy = await submitMany(5, scope('busy'))
    const other = await submitMany(5, scope('other'))
    const limit = { perTenant: 2, perUser: null }
    const first = await claim(10, limit)
    expect(new Set(idsOf(first))).toEqual(new Set([...busy.slice(0, 2), ...other.slice(0, 2)]))
    expect(first).toMatchObject({ limited: true, busy: false })
    expect(await claim(10, limit)).toEqual({ claims: [], limited: true, busy: false })
    await end(busy[1] ?? '')
    expect(idsOf(await claim(10, limit))).toEqual([busy[2]])
    // Without the limit all of them start.
    expect(idsOf(await claim(10))).toHaveLength(5)
  })

  test('passes over a user at its limit, whose runs do not hold up those of another user of the tenant', async () => {
    const ann = await submitMany(5, scope('one', 'ann'))
    const bob = await submitMany(1, scope('one', 'bob'))
    const limit = { perTenant: null, perUser: 2 }
    expect(new Set(idsOf(await claim(10, limit)))).toEqual(new Set([...ann.slice(0, 2), ...bob]))
    const [late] = await submitMany(1, scope('one', 'bob'))
    expect(await claim(10, limit)).toMatchObject({ claims: [{ lease: { runId: late } }], limited: true })
    await end(ann[0] ?? '')
    expect(idsOf(await claim(10, limit))).toEqual([ann[2]])
  })

  test('counts a user of the same name in another tenant apart, and limits no runs of no user', async () => {
    const limit = { perTenant: null, perUser: 1 }
    const runs = [
      await submit(scope('one', 'ann')),
      await submit(scope('other', 'ann')),
      ...(await submitMany(3, scope('one'))),
    ]
    expect(new Set(idsOf(await claim(10, limit)))).toEqual(new Set(runs))
  })

  test('both limits hold together', async () => {
    for (const owner of ['ann', 'bob', 'carl']) await submitMany(3, scope('one', owner))
    expect(idsOf(await claim(10, { perTenant: 5, perUser: 2 }))).toHaveLength(5)
    expect(await claim(10, { perTenant: 5, perUser: 2 })).toEqual({ claims: [], limited: true, busy: false })
  })

  test('is exact for many claims at the same time', async () => {
    await submitMany(20, scope('one', 'ann'))
    const limit = { perTenant: 5, perUser: 4 }
    const all = await Promise.all(Array.from({ length: 10 }, () => claim(3, limit)))
    const claimed = all.flatMap(idsOf)
    expect(claimed.length).toBeLessThanOrEqual(4)
    // A claim that another one held up says so.
    if (claimed.length < 4) expect(all.some(({ busy }) => busy)).toBe(true)
    while (idsOf(await claim(3, limit)).length > 0) {}
    const { rows } = await queue().pool.query("SELECT count(*)::int FROM pgboss.job WHERE state = 'active'")
    expect(rows).toEqual([{ count: 4 }])
  })

  test('says that it could not count while another transaction starts runs of the tenant', async () => {
    await submit(scope('one'))
    await transaction(queue().pool, async (client) => {
      await client.query("SELECT hadal.lock_tenant_v1('one')")
      expect(await claim(5, { perTenant: 2, perUser: null })).toEqual({ claims: [], busy: true, limited: false })
    })
  })

  test('holds for runs that start at once when they are accepted', async () => {
    const limits = { running: { perTenant: 2, perUser: 1 }, waiting: none }
    const start = async (of: TestScope): Promise<Submission['kind']> =>
      (await insertSubmittedRun(queue().pool, submission(randomUUID(), { scope: of, thread: 'new', limits }))).kind
    expect(await start(scope('one', 'ann'))).toBe('started')
    expect(await start(scope('one', 'ann'))).toBe('accepted')
    expect(await start(scope('other', 'ann'))).toBe('started')
    await queue().pool.query("DELETE FROM pgboss.job WHERE state = 'created'")
    expect(await start(scope('one', 'bob'))).toBe('started')
    await queue().pool.query("DELETE FROM pgboss.job WHERE state = 'created'")
    expect(await start(scope('one', 'carl'))).toBe('accepted')
  })
})

describe('a limit of waiting runs', () => {
  const waiting = { perTenant: 3, perUser: 2 }
  const kind = async (of: TestScope, given: Partial<SubmittedRun> = {}): Promise<Submission['kind']> => {
    const run = submission(randomUUID(), {
      scope: of,
      thread: 'new',
      idleInstance: undefined,
      limits: { running: none, waiting },
      ...given,
    })
    return (await insertSubmittedRun(queue().pool, run)).kind
  }

  test('refuses further runs of the user and of the tenant, and writes nothing', async () => {
    expect([await kind(scope('one', 'ann')), await kind(scope('one', 'ann'), { afterSeconds: 60 })]).toEqual([
      'accepted',
      'accepted',
    ])
    const threads = async () => (await queue().pool.query('SELECT thread_id FROM hadal.thread')).rowCount
    const before = await threads()
    expect(await kind(scope('one', 'ann'))).toBe('full_user')
    expect(await threads()).toBe(before)
    expect(await kind(scope('one', 'bob'))).toBe('accepted')
    expect(await kind(scope('one', 'carl'))).toBe('full_tenant')
    expect(await kind(scope('one'))).toBe('full_tenant')
    expect(await kind(scope('other', 'ann'))).toBe('accepted')
    // Runs that were claimed wait no longer.
    await claim(5)
    expect(await kind(scope('one', 'carl'))).toBe('accepted')
  })
})

test('a claim reads no more pages behind a long queue of a tenant or a user at its limit', async () => {
  const { pool } = queue()
  const limit = { perTenant: 1, perUser: 1 }
  await submit(scope('full', 'ann'))
  expect(idsOf(await claim(1, limit))).toHaveLength(1)
  const waits = await submit(scope('full', 'ann'))
  await pool.query('ANALYZE pgboss.job_common, hadal.ready_run')
  await withClient(pool.options.connectionString ?? '', async (client) => {
    const pages = async (): Promise<number> => {
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT hadal.claim_runs_v3('${randomUUID()}', 1, 1, 1)`,
      )
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
      return (plan?.['Shared Hit Blocks'] ?? Number.NaN) + (plan?.['Shared Read Blocks'] ?? Number.NaN)
    }
    await pages()
    const alone = await pages()
    // Without triggers, which would read the run of each row.
    await client.query('SET session_replication_role = replica')
    await client.query(
      `INSERT INTO hadal.ready_run (thread_id, run_id, ready_at, tenant, owner, lane, user_lane)
       SELECT gen_random_uuid(), run_id, ready_at - interval '1 h', tenant, owner, lane, user_lane
       FROM hadal.ready_run, generate_series(1, 30000) WHERE run_id = $1`,
      [waits],
    )
    await client.query('SET session_replication_role = DEFAULT')
    // The rows fill about 500 pages.
    expect(await pages()).toBeLessThan(alone + 100)
  })
  await submit(scope('quiet', 'bob'))
  expect(idsOf(await claim(1, limit))).toHaveLength(1)
})
