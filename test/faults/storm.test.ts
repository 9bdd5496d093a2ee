import { expect, test } from 'vitest'
import { storm } from './ground/storm.ts'

test('60 runs on two servers with a fault every 10 s (kill, pause, restart of the database): no run is lost, no finished step runs twice, and no innocent run becomes a dead letter', async () => {
  const report = await storm({
    seed: 20_261_129,
    runs: 60,
    servers: 2,
    killEveryMs: 10_000,
    poisons: 1,
    settleMs: 120_000,
  })
  expect(report.brokenPromises, JSON.stringify(report)).toEqual([])
  expect(report.faults.kill).toBeGreaterThan(0)
}, 480_000)
