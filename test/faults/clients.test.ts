import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import type { ServerProcess } from '@hadal/runtime/fixtures/server-process'
import { expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import type { AcceptedRun } from './ground/oracle.ts'
import { type ServiceAddress, serviceAddress } from './ground/service-address.ts'
import { readStream, type StreamReader } from './ground/stream-reader.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround()

/** Number of clients that follow one run. */
const crowd = 500

interface Followed {
  readonly ids: readonly number[]
  readonly statuses: readonly (number | undefined)[]
}

/** Reads a run's stream like a browser: reconnects with the last event id until the run is over. */
async function follow(service: ServiceAddress, run: AcceptedRun, isOver: () => boolean): Promise<Followed> {
  const ids: number[] = []
  const statuses: (number | undefined)[] = []
  for (;;) {
    const over = isOver()
    const reader = readStream(service.url, run, { after: ids.at(-1) })
    await reader.readToEnd()
    ids.push(...reader.ids)
    statuses.push(reader.status)
    if (over && reader.status === 200) return { ids, statuses }
    await pause(200)
  }
}

test('500 clients that follow a run reconnect after kill -9 of their server: each gets every event once and no 5xx', async () => {
  const { submit, supervise, verify } = ground()
  const first = await supervise()
  const run = await submit(first.current.client, { graph: 'work', steps: 6, input: { gateAt: 3 } })
  await begun([run], 3)
  const second = await supervise()
  const service = await serviceAddress(() => [first, second].map(({ current }) => current.url))
  let over = false
  try {
    const clients = Array.from({ length: crowd }, () => follow(service, run, () => over))
    await pause(3_000)
    await first.replace('SIGKILL')
    run.open()
    await eventually(
      () => second.current.client.runs.get(run.threadId, run.runId),
      ({ status }) => status === 'success',
      90_000,
    )
    over = true
    const followed = await Promise.all(clients)
    const ids = followed[0]?.ids ?? []
    expect(ids).toEqual(ids.map((_, index) => index + 1))
    // One event per step (six) and per start (two).
    expect(ids.length).toBeGreaterThanOrEqual(8)
    expect(new Set(followed.map((one) => one.ids.join()))).toEqual(new Set([ids.join()]))
    // Without a status, the connection ended before the response.
    expect([...new Set(followed.flatMap(({ statuses }) => statuses))].filter((one) => one !== undefined)).toEqual([200])
    await verify([run], [first, second])
  } finally {
    over = true
    await service.close()
  }
})

/** Resident memory of a server's process, in MiB. */
function memoryOf({ process }: ServerProcess): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1]
  return Number(kibibytes) / 1024
}

test('clients that stop reading delay neither their run nor other clients, use little memory of the server, and miss no event', async () => {
  const { submit, supervise, verify } = ground()
  const server = await supervise()
  const { current } = server
  // Each client gets 120 events of 200 KB: 24 MB.
  const run = await submit(current.client, {
    ...{ graph: 'work', steps: 1 },
    input: { gateAt: 1, chunks: 120, chunkCharacters: 200_000 },
  })
  const readers: StreamReader[] = []
  const stalled = async (count: number): Promise<StreamReader[]> => {
    const all = Array.from({ length: count }, () => readStream(current.url, run, { stalls: true }))
    readers.push(...all)
    for (const reader of all) await reader.begun()
    return all
  }
  try {
    await begun([run], 1)
    const [early] = await stalled(20)
    const before = memoryOf(current)
    const quick = readStream(current.url, run)
    run.open()
    await quick.readToEnd()
    // The run is over, and a client that connects now gets all its events.
    const [late] = await stalled(40)
    expect(memoryOf(current) - before).toBeLessThan(300)
    for (const reader of [early, late]) await reader?.readToEnd()
    expect(quick.ids.length).toBeGreaterThanOrEqual(122)
    for (const reader of [quick, early, late]) expect(reader?.ids).toEqual(quick.ids.map((_, index) => index + 1))
    await verify([run], [server])
  } finally {
    for (const reader of readers) reader.close()
  }
})
