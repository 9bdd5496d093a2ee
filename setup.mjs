// Sets up a clean clone: it installs Node 24, pnpm and all packages. The machine needs only Node 20 or newer and npm.
// It uses only plain JavaScript and Node's own modules, because it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const pnpm = 'pnpm@12.21.0'
const root = dirname(fileURLToPath(import.meta.url))
const stamp = join(root, 'node_modules', '.hadal-setup')

/** Hash of all inputs of the installation. If it equals the hash of the last installation, there is nothing to do. */
function fingerprint() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name))
  const manifests = ['.', ...packages, 'charts', 'infra', 'test'].map((folder) => join(folder, 'package.json'))
  const hash = createHash('sha256').update(`${pnpm} ${process.platform} ${process.arch}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    const path = join(root, file)
    if (existsSync(path)) hash.update(file).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function fail(sentence) {
  process.stderr.write(`set-up: ${sentence}\n`)
  process.exit(1)
}

const wanted = fingerprint()
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
if (!installed) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`Node ${process.versions.node} is too old. Install Node 20 or newer; the set-up installs everything else.`)
  }
  const started = Date.now()
  process.stdout.write('set-up: installing Node 24 and all packages (only once; about a minute)\n')
  const command = ['--yes', pnpm, 'install', '--frozen-lockfile']
  const windows = process.platform === 'win32'
  const result = spawnSync(windows ? 'npx.cmd' : 'npx', command, { cwd: root, stdio: 'inherit', shell: windows })
  if (result.error) fail(`could not run npx: ${result.error.message}. Install npm, then try again.`)
  if (result.status !== 0) {
    fail(
      `"npx ${command.join(' ')}" failed with ${result.status ?? result.signal}. Fix the error shown above, then run the set-up again.`,
    )
  }
  writeFileSync(stamp, wanted)
  process.stdout.write(`set-up: done in ${((Date.now() - started) / 1000).toFixed(0)} s\n`)
}
