import { setTimeout as pause } from 'node:timers/promises'
import { decodedLog } from '@hadal/runtime/fixtures/decoded-log'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import type { RunEvent } from '@hadal/runtime/store/queries/run-events'
import { describe, expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import { withConnection } from './ground/fault-database.ts'
import { faultyNetwork } from './ground/faulty-network.ts'
import { effectsOf } from './ground/oracle.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround({ ownPostgres: true })

/** Starts eight runs on two supervised servers. Each step of a run takes half a second. */
async function underWay(steps: number) {
  const { submit, supervise } = ground()
  const servers = await Promise.all([supervise(), supervise()])
  const runs = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      submit(servers[index % 2 === 0 ? 0 : 1].current.client, { graph: 'work', steps, input: { pauseMs: 500 } }),
    ),
  )
  await begun(runs, 2)
  return { servers, runs }
}

/** Changes PostgreSQL's configuration. Each statement has its own transaction. */
const configure = (url: string, statement: string): Promise<void> =>
  withConnection(url, async (client) => {
    await client.query('SET default_transaction_read_only = off')
    await client.query(statement)
    await client.query('SELECT pg_reload_conf()')
  })

test('ten outages of the database during one model call make no run a dead letter, and the model is called once', async () => {
  const { postgres, submit, supervise, verify } = ground()
  const server = await supervise()
  const run = await submit(server.current.client, { graph: 'speech', steps: 1 })
  await begun([run], 1)
  for (let outages = 0; outages < 10; outages += 1) {
    await postgres.stop(outages % 2 === 0 ? 'SIGINT' : 'SIGQUIT')
    await pause(1_000)
    await postgres.start()
    await pause(2_500)
  }
  run.open()
  await verify([run], [server])
  expect(effectsOf(run)).toHaveLength(1)
})

describe('a database outage', () => {
  test('of 2 s after a fast stop, an immediate stop and a crash loses no run', async () => {
    const { postgres, verify } = ground()
    const { servers, runs } = await underWay(24)
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      await postgres.stop(signal)
      await pause(2_000)
      await postgres.start()
      await pause(2_000)
    }
    await verify(runs, servers, 90_000)
  })

  test('of 20 s, longer than the lease, loses no run', async () => {
    const { postgres, verify } = ground()
    const { servers, runs } = await underWay(8)
    await postgres.stop('SIGINT')
    await pause(20_000)
    await postgres.start()
    await verify(runs, servers, 90_000)
  })
})

test('a server that reaches a restarted database seconds after the other server does not count as dead', async () => {
  const { postgres, submit, supervise, url, verify } = ground()
  const network = await faultyNetwork(url)
  try {
    const late = await supervise({ DATABASE_URL: network.url })
    const run = await submit(late.current.client, { graph: 'work', steps: 2, input: { gateAt: 2 } })
    await begun([run], 2)
    const other = await supervise()
    await postgres.stop('SIGINT')
    network.set({ kind: 'half-open' })
    await postgres.start()
    // Longer than the time after which an instance counts as dead, and shorter than a lease.
    await pause(4_500)
    network.set(undefined)
    await pause(2_000)
    run.open()
    await verify([run], [late, other])
    // On a busy machine the restart takes longer than the lease, and the run moves. Even then no server may judge the other one dead.
    expect(other.current.log.filter((line) => line.includes('"instance_died"'))).toEqual([])
  } finally {
    await network.close()
  }
})

describe('a database that rejects writes', () => {
  test('because it is read-only loses no run, and requests are answered with 503', async () => {
    const { url, verify } = ground()
    const { servers, runs } = await underWay(10)
    await configure(url, 'ALTER SYSTEM SET default_transaction_read_only = on')
    const headers = { 'content-type': 'application/json' }
    const refused = await eventually(
      () => fetch(`${servers[0].current.url}/threads`, { method: 'POST', body: '{}', headers }),
      ({ status }) => status !== 200,
    )
    expect(refused.status).toBe(503)
    await pause(3_000)
    await configure(url, 'ALTER SYSTEM RESET default_transaction_read_only')
    await verify(runs, servers)
  })

  test('of events for longer than a lease saves no step without its events', async () => {
    const { submit, supervise, url, verify } = ground()
    const server = await supervise()
    const input = { pauseMs: 200, gateAt: 3 }
    const run = await submit(server.current.client, { graph: 'work', steps: 6, input })
    await begun([run], 3)
    const full = `CREATE FUNCTION public.log_full() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER log_full BEFORE INSERT ON hadal.run_event EXECUTE FUNCTION public.log_full();`
    await withConnection(url, (client) => client.query(full))
    run.open()
    await eventually(() => server.lives.some(({ log }) => log.some((line) => line.includes('run_returned'))), Boolean)
    await withConnection(url, (client) => client.query('DROP FUNCTION public.log_full() CASCADE'))
    await verify([run], [server])
    const { rows } = await withConnection(url, (client) =>
      client.query<RunEvent>('SELECT sequence, event, data FROM hadal.run_event WHERE run_id = $1', [run.runId]),
    )
    const updates = decodedLog(rows).filter(({ event }) => event === 'updates')
    const steps = updates.map(({ data }): number => JSON.parse(data).step.done[0])
    expect([...new Set(steps)]).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('because its disk is full loses no run', async () => {
    const { url, verify } = ground()
    const { servers, runs } = await underWay(10)
    // PostgreSQL's error for a full disk, on the table that runs write most.
    const full = `CREATE FUNCTION public.disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER disk_full BEFORE INSERT ON public.checkpoints EXECUTE FUNCTION public.disk_full();
      CREATE TRIGGER disk_full BEFORE INSERT ON hadal.run_event EXECUTE FUNCTION public.disk_full();`
    await withConnection(url, (client) => client.query(full))
    await pause(6_000)
    await withConnection(url, (client) => client.query('DROP FUNCTION public.disk_full() CASCADE'))
    await verify(runs, servers)
  })
})
