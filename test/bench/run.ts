// npm run bench [name…], or npm run bench -- recovery [gigabytes]: prints measurements with their spread. It asserts nothing, because they depend on the noise of the machine.
import { cpus, totalmem } from 'node:os'
import process from 'node:process'
import { backlog } from './backlog.ts'
import { blocked } from './blocked.ts'
import { coldCheck } from './cold-check.ts'
import { coldDiff } from './cold-diff.ts'
import { coldRender } from './cold-render.ts'
import { events } from './events.ts'
import { idle } from './idle.ts'
import { limiter } from './limiter.ts'
import { manyEnvironments } from './many-environments.ts'
import { modelCall } from './model-call.ts'
import { prune } from './prune.ts'
import { recovery } from './recovery.ts'
import { renderCpu } from './render-cpu.ts'
import { responseCache } from './response-cache.ts'
import { routingCost } from './routing-cost.ts'
import { runPath } from './run-path.ts'
import { server } from './server.ts'
import { signIn } from './sign-in.ts'
import { size } from './size.ts'
import { takeover } from './takeover.ts'

const given = process.argv.slice(2)
/** Argument of the bench `recovery`: size of its database. */
const gigabytes = Number(given.find(isNumber) ?? '1')

const benches: Readonly<Record<string, () => Promise<string>>> = {
  'cold-render': () => coldRender(7),
  'render-cpu': () => renderCpu(5),
  'cold-check': () => coldCheck(7),
  'cold-diff': () => coldDiff(7),
  'many-environments': () => manyEnvironments(5),
  limiter: () => limiter(7),
  'response-cache': () => responseCache(7),
  'routing-cost': () => routingCost(500),
  server: () => server(5),
  'run-path': () => runPath(5),
  'sign-in': () => signIn(10),
  backlog: () => backlog(10),
  events: () => events(),
  'model-call': () => modelCall(40),
  size: () => size(5),
  takeover: () => takeover(10),
  blocked: () => blocked(3),
  prune: () => prune(1_000_000, 60),
  recovery: () => recovery(gigabytes, 3),
  idle,
}

const wanted = given.filter((word) => !isNumber(word))
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`bench: unknown name "${unknown.join('", "')}". Allowed: ${Object.keys(benches).join(', ')}.\n`)
  process.exit(2)
}

function isNumber(word: string): boolean {
  return /^\d+(\.\d+)?$/.test(word)
}

const memory = (totalmem() / 2 ** 30).toFixed(0)
process.stdout.write(`Node ${process.version}, ${process.platform}, ${cpus().length} cores, ${memory} GiB\n`)
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  process.stdout.write(`\n── ${name}\n`)
  try {
    process.stdout.write(`${await benches[name]?.()}\n`)
  } catch (error) {
    process.stdout.write(`not measured: ${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
