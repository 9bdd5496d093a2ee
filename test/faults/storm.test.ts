import { expect, test } from 'vitest'
import { storm } from './ground/storm.ts'

test('60 runs on two servers that are killed, paused and restarted with their database every 10 s: none is lost, doubled or blamed', async () => {
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
