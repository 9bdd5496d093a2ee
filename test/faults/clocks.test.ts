import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'vitest'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()

/** Variables of a server whose clock differs from the database's by so many minutes. */
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

test.each([
  ['ahead of', 5],
  ['behind', -5],
])(
  'two servers whose clocks are 5 minutes %s the database lose, double and time out no run',
  async (_where, minutes) => {
    const { submit, supervise, verify } = ground()
    // A limit shorter than the difference: only time that has passed counts.
    const limit = { RUN_LIMIT_SECONDS: '120' }
    const variables = { ...clockOf(minutes), ...limit }
    const servers = await Promise.all([supervise(variables), supervise(variables)])
    const runs = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        submit(servers[index % 2 === 0 ? 0 : 1].current.client, { graph: 'work', steps: 8, input: { pauseMs: 500 } }),
      ),
    )
    await servers[0].replace('SIGKILL')
    await servers[1].replace('SIGKILL')
    await verify(runs, servers, 90_000)
  },
)
