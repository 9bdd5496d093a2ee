// Sends generated requests to every route of a real server process with a real PostgreSQL, in rounds with new seeds, and lists the requests
// with a 5xx response or without a response. Exit status: 0 no request failed, 1 a request failed, 2 invalid arguments.
//
//   npm run fuzz -- --minutes 10 [--seed 42]      --seed sets the seed of the first round
import process from 'node:process'
import { parseArgs } from 'node:util'
import { runProgram, type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { startPostgres } from '../integration/start-postgres.ts'
import { fuzzRoute } from './fuzz-route.ts'
import { makeKnownValues } from './known-values.ts'
import { routeInputs } from './route-inputs.ts'

const { values: given } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } },
})
const minutes = Number(given.minutes)
const firstSeed = given.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(given.seed)
if (!(minutes > 0) || !Number.isInteger(firstSeed)) {
  process.stderr.write(
    'fuzz: --minutes must be a number above 0, and --seed a whole number. Example: npm run fuzz -- --minutes 10 --seed 42\n',
  )
  process.exit(2)
}

/** Number of generated requests per route and round. */
const casesPerRoute = 20

const failures = new Map<string, string>()
const statuses = new Map<number, number>()
let sent = 0

async function round(server: ServerProcess, seed: number): Promise<void> {
  const known = await makeKnownValues(server.client)
  for (const route of Object.keys(routeInputs)) {
    if (Date.now() > end) return
    const found = await fuzzRoute(Number(new URL(server.url).port), route, known, { seed, cases: casesPerRoute })
    sent += found.sent
    for (const [status, count] of found.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count)
    if (found.failure === undefined) continue
    process.stdout.write(`FAILED with seed ${seed}: ${route}\n  ${found.failure}\n`)
    failures.set(`${route} (seed ${seed})`, found.failure)
  }
}

const end = Date.now() + minutes * 60_000
const postgres = await startPostgres()
try {
  const variables = { DATABASE_URL: postgres.url }
  const migrated = await runProgram(['migrate'], variables)
  if (migrated.code !== 0) throw new Error(`The migration failed: ${migrated.errors}`)
  const server = await startServerProcess(variables)
  let rounds = 0
  for (; Date.now() < end; rounds += 1) {
    await round(server, firstSeed + rounds)
    if (server.process.exitCode !== null || server.process.signalCode !== null) break
  }
  const died = server.process.exitCode ?? server.process.signalCode
  const logged = server.log.filter((line) => line.includes('"event":"request_failed"'))
  await server.end('SIGTERM')
  const summary = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  process.stdout.write(
    `\n${sent} requests in ${rounds} rounds from seed ${firstSeed}. Answers: ${summary.join(', ')}.\n`,
  )
  for (const failed of failures.keys()) process.stdout.write(`  failed: ${failed}\n`)
  if (died !== null) process.stdout.write(`The server exited with ${died}:\n${server.log.slice(-20).join('\n')}\n`)
  else process.stdout.write(`The server kept running. It logged ${logged.length} failed requests.\n`)
  const errors = new Set(logged.map((line) => JSON.stringify(JSON.parse(line).err).slice(0, 600)))
  for (const error of [...errors].slice(0, 10)) process.stdout.write(`  ${error}\n`)
  process.stdout.write(`${failures.size} routes failed.\n`)
  process.exitCode = failures.size > 0 || died !== null || logged.length > 0 ? 1 : 0
} finally {
  await postgres.stop()
}
