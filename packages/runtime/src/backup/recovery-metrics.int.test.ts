import { expect, test } from 'vitest'
import { recorded } from '../commands/recorded.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const server = useTestServer(database)
const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const of = (kind: 'backup' | 'drill') => ({ database: { url: database(), tls: undefined }, kind, sentence })

async function gauges(): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
  return Object.fromEntries(
    [...text.matchAll(/^((?:backup|drill)_\w+) (\S+)$/gm)].map(([, name = '', value = '']) => [
      name,
      value === 'Nan' ? Number.NaN : Number(value),
    ]),
  )
}

const results = () =>
  withClient(database(), async (client) => {
    const { rows } = await client.query<{ error: string | null; backup_id: string | null; ended: number }>(
      'SELECT error, backup_id, extract(epoch FROM ended_at)::float8 AS ended FROM hadal.recovery_result ORDER BY ended_at',
    )
    return rows
  })

test('a server exports the newest results of backups and drills, and failures do not hide the last success', async () => {
  const prepared = await withClient(database(), async (client) => {
    const text = 'SELECT extract(epoch FROM applied_at)::float8 AS at FROM hadal.migration WHERE version = 28'
    return (await client.query<{ at: number }>(text)).rows[0]?.at
  })
  expect(await gauges()).toEqual({
    backup_last_success_timestamp_seconds: prepared,
    backup_failed: 0,
    backup_last_bytes: Number.NaN,
    drill_last_success_timestamp_seconds: prepared,
    drill_failed: 0,
    drill_rpo_seconds: Number.NaN,
    drill_rto_seconds: Number.NaN,
  })
  await recorded(of('backup'), async (report) => report({ backupId: 'first', bytes: 1234 }))
  await recorded(of('drill'), async (report) => report({ backupId: 'first', rpoSeconds: 3600, rtoSeconds: 61.5 }))
  const [backup, drill] = await results()
  const successes = {
    backup_last_success_timestamp_seconds: backup?.ended,
    backup_last_bytes: 1234,
    drill_last_success_timestamp_seconds: drill?.ended,
    drill_rpo_seconds: 3600,
    drill_rto_seconds: 61.5,
  }
  expect(await gauges()).toEqual({ ...successes, backup_failed: 0, drill_failed: 0 })

  const failed = new Error('The storage is full.')
  const fails = recorded(of('backup'), async (report) => {
    report({ backupId: 'second', bytes: 5 })
    throw failed
  })
  await expect(fails).rejects.toBe(failed)
  expect(await gauges()).toEqual({ ...successes, backup_failed: 1, drill_failed: 0 })
  expect((await results()).at(-1)).toMatchObject({ error: 'The storage is full.', backup_id: 'second' })

  await recorded(of('backup'), async (report) => report({ backupId: 'third', bytes: 99 }))
  expect(await gauges()).toMatchObject({ backup_failed: 0, backup_last_bytes: 99, drill_failed: 0 })
})

test('a result that is not stored after a success is an error, and results of more than 400 days are removed', async () => {
  const away = { ...of('backup'), database: { url: 'postgres://127.0.0.1:1/away', tls: undefined } }
  await expect(recorded(away, async () => 'done')).rejects.toThrow(
    "The backup was successful, but its result can't be stored for the metrics",
  )
  const failed = new Error('There is no backup.')
  await expect(recorded(away, () => Promise.reject(failed))).rejects.toBe(failed)
  await withClient(database(), (client) =>
    client.query(
      "INSERT INTO hadal.recovery_result (kind, began_at, ended_at, backup_id) VALUES ('drill', now(), now() - interval '401 days', 'old')",
    ),
  )
  await recorded(of('drill'), async () => {})
  expect((await results()).map(({ backup_id }) => backup_id)).not.toContain('old')
})
