import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'vitest'
import { begun } from './ground/begun.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()

/** Variables of a server whose clock differs from the database's clock by the given number of minutes. */
function clockOf(minutes: number): Record<string, string> {
  const module = join(ground().folder, `clock-${minutes}.mjs`)
  writeFileSync(
    module,
    `const now = Date.now
     Date.now = () => now() + ${minutes * 60_000}
     globalThis.Date = class extends Date { constructor(...given) { given.length === 0 ? super(Date.now()) : super(...given) } }`,
  )
  return { NODE_OPTIONS: `--import=${pathToFileURL(module).href}` }
}

// LangGraph's checkpoint ids begin with the writer's time, so those of the slow server are smaller than earlier ones.
test('runs that move between a server whose clock is 5 minutes ahead and one that is 5 minutes behind are neither lost, doubled nor timed out', async () => {
  const { submit, supervise, verify } = ground()
  // The limit is shorter than the difference of the clocks: only elapsed time counts.
  const limit = { RUN_LIMIT_SECONDS: '120' }
  const ahead = await supervise({ ...clockOf(5), ...limit })
  const runs = await Promise.all(
    Array.from({ length: 10 }, () =>
      submit(ahead.current.client, { graph: 'work', steps: 16, input: { pauseMs: 500, gateAt: 3 } }),
    ),
  )
  await begun(runs, 3)
  const behind = await supervise({ ...clockOf(-5), ...limit })
  await ahead.stop()
  for (const { open } of runs) open()
  await begun(runs, 3, 1)
  await behind.stop()
  const aheadAgain = await supervise({ ...clockOf(5), ...limit })
  await verify(runs, [ahead, behind, aheadAgain], 90_000)
})
