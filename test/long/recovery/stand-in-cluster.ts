import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { JsonRecord } from '@hadal/charts/rendered-object'
import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { agentNames, argocdNames } from '@hadal/platform/names'
import { JsonPatch } from 'cdk8s'

/** What the stand-in does where a cluster would start and stop processes. */
export interface ClusterActions {
  /** Starts or stops the servers of the Deployments. */
  scale(replicas: number): Promise<void>
  /** Executes SQL as the superuser of the database server. */
  sql(statement: string): Promise<void>
  /** Executes `hadal-runtime` in the pod of a Job. @param has names of the variables that the rendered container has */
  program(args: string[], has: ReadonlySet<string>): Promise<{ code: number | null; output: string; errors: string }>
}

interface Request {
  readonly args: readonly string[]
  readonly input: string
  readonly folder: string
}

/** An environment with sign-in, encryption and encrypted backups, as in production. */
export const environment = soundEnvironment({
  postgres: { kind: 'cnpg', maxConnections: 2_000 },
  agent: {
    topology: 'split',
    api: { autoscaling: { kind: 'cpu' } },
    worker: { autoscaling: { kind: 'queue' } },
  },
  access: { kind: 'api-keys' },
  encryption: 'required',
  backup: {
    kind: 's3',
    bucket: 'backups',
    archive: { recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] },
  },
})
const objects = renderEnvironment(environment)
const applications = [argocdNames.root(environment), argocdNames.application(environment, 'agent')]

/** The Job that `kubectl create job --from=cronjob/…` makes of a rendered CronJob. */
function jobFrom(name: string, cronJob: string): JsonRecord {
  const found = objects.find(({ kind, name: own }) => kind === 'CronJob' && own === cronJob)
  if (!found) throw new Error(`no CronJob ${cronJob} is rendered`)
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: recordAt(found.object, 'spec', 'jobTemplate', 'spec') ?? {},
  }
}

/**
 * A stand-in for a cluster and for `kubectl`: it knows the commands of the runbook and no others, answers from the rendered objects of an environment,
 * and calls {@link ClusterActions} for what needs processes. Names of objects that are not rendered are errors.
 */
export async function startStandInCluster(actions: ClusterActions) {
  /** Jobs whose pods run, by name. */
  const jobs = new Map<string, JsonRecord>()
  const answered: string[] = []

  const handle = async ({ args, input, folder }: Request): Promise<string> => {
    const option = (name: string): string => {
      const index = args.indexOf(name)
      return index < 0
        ? (args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1) ?? '')
        : (args[index + 1] ?? '')
    }
    const [verb, ...rest] = args.filter((arg, index) => arg !== '-n' && args[index - 1] !== '-n')
    const [kind = '', name = ''] = rest
    const separator = rest.indexOf('--')
    const program = separator < 0 ? [] : rest.slice(separator + 1)
    if (verb === 'patch' && kind === 'application') {
      if (!applications.includes(name)) throw new Error(`no Application ${name} is rendered`)
      JSON.parse(option('-p'))
      return ''
    }
    if (verb === 'patch' && kind === 'cronjob') {
      jobFrom('any', name)
      JSON.parse(option('-p'))
      return ''
    }
    if (verb === 'annotate' && kind === 'scaledobject') return ''
    if (verb === 'scale' && kind === 'deployment') {
      await actions.scale(Number(option('--replicas')))
      return ''
    }
    if (verb === 'rollout' && kind === 'status') return ''
    if (verb === 'get' && kind === 'pod' && option('-o') === 'name') return 'pod/postgres-1\n'
    if (verb === 'exec' && program[0] === 'psql' && rest.includes('pod/postgres-1')) {
      for (const line of input.trim().split('\n')) await actions.sql(line)
      return ''
    }
    if (verb === 'create' && kind === 'job') {
      const job = jobFrom(name, option('--from').replace('cronjob/', ''))
      if (option('--dry-run') === 'client') return JSON.stringify(job)
      const { code, errors } = await actions.program(commandOf(job).slice(1), variablesOf(job))
      if (code !== 0) throw new Error(errors)
      return ''
    }
    if (verb === 'patch' && args.includes('--local')) {
      const file: JsonRecord = JSON.parse(readFileSync(join(folder, option('-f')), 'utf8'))
      const patches: { op: string; path: string; value: unknown }[] = JSON.parse(option('-p'))
      return JSON.stringify(
        JsonPatch.apply(
          file,
          ...patches.map(({ op, path, value }) => {
            if (op === 'replace') return JsonPatch.replace(path, value)
            if (op === 'add') return JsonPatch.add(path, value)
            throw new Error(`the stand-in does not know the operation ${op}`)
          }),
        ),
      )
    }
    if (verb === 'apply') {
      const job: JsonRecord = JSON.parse(readFileSync(join(folder, option('-f')), 'utf8'))
      if (commandOf(job)[0] !== 'sleep') throw new Error('the Job does not sleep')
      jobs.set(textAt(job, 'metadata', 'name') ?? '', job)
      return ''
    }
    if (verb === 'wait' && option('-l') === `job-name=${[...jobs.keys()][0]}`) return ''
    if (verb === 'exec' && program[0] === 'hadal-runtime') {
      const job = jobs.get((rest.find((word) => word.startsWith('job/')) ?? '').slice(4))
      if (!job || !containersOf(job).includes(option('-c'))) throw new Error('there is no such pod or container')
      const { code, output, errors } = await actions.program(program.slice(1), variablesOf(job))
      if (code !== 0) throw new Error(`${output}${errors}`)
      return output
    }
    if (verb === 'delete' && kind === 'job' && jobs.delete(name)) return ''
    throw new Error(`the stand-in does not know this command`)
  }

  const server = createServer(async (request, response) => {
    const sent: Request = JSON.parse(await text(request))
    const line = `kubectl ${sent.args.join(' ')}`
    answered.push(line)
    const answer = await handle(sent).then(
      (output) => ({ status: 0, output, errors: '' }),
      (error: Error) => ({ status: 1, output: '', errors: `${line}: ${error.message}\n` }),
    )
    response.end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Commands that were sent, in their order. */
    answered,
    close: () => server.close(),
  }
}

const podOf = (job: JsonRecord) => recordAt(job, 'spec', 'template', 'spec')
const commandOf = (job: JsonRecord): string[] =>
  listAt(podOf(job), 'containers').flatMap((container) => listAt(container, 'command').map(String))
const containersOf = (job: JsonRecord): string[] =>
  listAt(podOf(job), 'containers').map((container) => textAt(container, 'name') ?? '')

/** Names of the variables of a Job's container: its own, without the ending of those that name a file, and those of the settings. */
function variablesOf(job: JsonRecord): ReadonlySet<string> {
  const settings = objects.find(({ kind, name }) => kind === 'ConfigMap' && name === agentNames.settings)
  return new Set([
    ...Object.keys(settings ? recordAt(settings.object, 'data') : {}),
    ...listAt(podOf(job), 'containers').flatMap((container) =>
      listAt(container, 'env').map((variable) => (textAt(variable, 'name') ?? '').replace(/_FILE$/, '')),
    ),
  ])
}

/** Writes the program `kubectl` of the stand-in into a folder for the search path. */
export function writeKubectl(folder: string): void {
  const program = join(folder, 'kubectl')
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${join(import.meta.dirname, 'kubectl.ts')} "$@"\n`)
  chmodSync(program, 0o755)
}
