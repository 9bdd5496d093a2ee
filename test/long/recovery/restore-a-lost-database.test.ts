import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { generateFernetKey } from '@hadal/platform/fernet'
import { askedQuestions } from '@hadal/runtime/fixtures/asked-questions'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { makeKey } from '@hadal/runtime/fixtures/make-key'
import { serverAddresses } from '@hadal/runtime/fixtures/server-addresses'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { clientOf, fixtureAgents } from '@hadal/runtime/fixtures/start-test-server'
import { withClient } from '@hadal/runtime/fixtures/with-client'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { afterAll, expect, inject, test } from 'vitest'
import { codeIn } from '../../contract/documented-code.ts'
import { root } from '../../repository-copy.ts'
import { environment, startStandInCluster, writeKubectl } from './stand-in-cluster.ts'

/*
 * Follows docs/how-to/restore-a-lost-database.md: runs its commands in their order and nothing else. The database, the servers, `hadal-runtime` and the
 * backup are real; `kubectl` and the cluster are a stand-in that answers from rendered objects.
 */

const page = 'docs/how-to/restore-a-lost-database.md'
const commands = codeIn(page, readFileSync(join(root, page), 'utf8'))
  .filter(({ block, language }) => block && language === 'console')
  .map(({ text }) => text)

/** Runs `hadal-runtime` with these variables and no others. */
const programOf = (args: string[], variables: Readonly<Record<string, string>>) =>
  new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    const env = { PATH: process.env.PATH, AGENTS_CONFIG: fixtureAgents, ...variables }
    const main = join(root, 'packages/runtime/src/main.ts')
    execFile(process.execPath, [main, ...args], { env }, (error, output, errors) =>
      resolve({ code: error ? Number(error.code) : 0, output, errors }),
    )
  })

/** Maximum duration in milliseconds on a machine that runs other tests at the same time. */
const slow = 600_000

const database = createDatabase()
const effects = effectsFiles()
const folder = mkdtempSync(join(tmpdir(), 'hadal-recovery-'))
let server: ServerProcess | undefined
afterAll(async () => {
  await server?.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

async function recovery(): Promise<void> {
  const identity = await generateIdentity()
  const variables = {
    ...serverAddresses(database()),
    ACCESS: JSON.stringify({ kind: 'api-keys' }),
    ENCRYPTION: 'required',
    ENCRYPTION_KEY: generateFernetKey(),
    BACKUP_TARGET: `file://${join(folder, 'backups')}`,
    BACKUP_RECIPIENTS: await identityToRecipient(identity),
  }
  const ofPod = { ...variables, BACKUP_IDENTITY: identity }
  const name = new URL(database()).pathname.slice(1)
  const start = async (): Promise<void> => {
    server = await startServerProcess(variables)
  }
  await start()
  const { text: key } = await makeKey(database(), { user: 'ada', roles: ['read', 'run', 'approve'] })
  const client = () => clientOf(server?.url ?? '', key)

  // Before the backup: a finished run, a run that is executed, a run that waits for an approval, an item.
  const { thread_id: finished } = await client().threads.create({ metadata: { of: 'ada' } })
  await client().runs.wait(finished, 'steps', { input: { steps: 2 } })
  const before = await client().threads.getState(finished)
  const file = effects()
  const { thread_id: active } = await client().threads.create()
  const run = await client().runs.create(active, 'steps', { input: { steps: 4, file: file.path, gate: file.gate } })
  await eventually(
    () => file.lines(),
    (lines) => lines.includes('3'),
  )
  const payments = effects()
  const { thread_id: asking } = await client().threads.create()
  const pay = [{ name: 'pay', args: { file: payments.path, amount: 1 } }]
  await client().runs.wait(asking, 'guarded', {
    input: { messages: [{ role: 'user', content: JSON.stringify(pay) }] },
  })
  await client().store.putItem(['notes'], 'kept', { text: 'before the backup' })
  const taken = await programOf(['backup'], ofPod)
  expect([taken.code, taken.errors]).toEqual([0, expect.any(String)])
  const { thread_id: late } = await client().threads.create()

  // The loss.
  await server?.end('SIGKILL')
  await withClient(inject('postgresUrl'), (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))

  const cluster = await startStandInCluster({
    async scale(replicas) {
      if (replicas === 0) await server?.end('SIGTERM')
      else await start()
    },
    async sql(statement) {
      await withClient(inject('postgresUrl'), (admin) => {
        const own = statement
          .replace('OWNER deep_agents', `OWNER ${new URL(database()).username}`)
          .replaceAll('deep_agents', name)
        return admin.query(own)
      })
    },
    // The pod has only the variables that its rendered container has.
    program: (args, has) =>
      programOf(args, Object.fromEntries(Object.entries(ofPod).filter(([variable]) => has.has(variable)))),
  })
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeKubectl(bin)
  try {
    const script = `shopt -s expand_aliases\n${commands.join('\n')}\n`
    const ended = await new Promise<{ status: string; output: string }>((resolve) => {
      const env = {
        PATH: `${bin}:${process.env.PATH}`,
        STAND_IN_CLUSTER: cluster.url,
        ENV: environment.name,
        NS: environment.namespace,
      }
      execFile('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd: folder, env }, (error, output, errors) =>
        resolve({ status: error ? String(error.code) : 'done', output: output + errors }),
      )
    })
    expect(ended).toEqual({ status: 'done', output: expect.any(String) })
  } finally {
    cluster.close()
  }

  // The key is valid, and everything before the backup is there; what came after it is not.
  expect((await client().threads.getState(finished)).values).toEqual(before.values)
  expect((await client().threads.get(finished)).metadata).toMatchObject({ of: 'ada' })
  expect((await client().store.getItem(['notes'], 'kept'))?.value).toEqual({ text: 'before the backup' })
  await expect(client().threads.get(late)).rejects.toMatchObject({ status: 404 })
  // The run that was executed goes on after its last checkpoint, once it is released, and reaches its end.
  file.open()
  await eventually(
    () => client().runs.get(active, run.run_id),
    ({ status }) => status === 'success',
  )
  expect(file.lines()).toEqual(['1', '2', '3', '3', '4'])
  // The question is still open; its answer executes the call once.
  const [question] = await askedQuestions(client(), asking)
  const resume = { [question?.id ?? '']: { decisions: [{ type: 'approve' }], digest: question?.digest } }
  await client().runs.wait(asking, 'guarded', { command: { resume } })
  expect(payments.lines()).toEqual(['paid 1'])
  expect(commands.length).toBeGreaterThan(6)
}

test('the commands of the runbook, in their order, bring a lost database back', recovery, slow)
