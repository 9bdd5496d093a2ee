import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { moduleFolder } from '@hadal/charts/schemas/module-folder'
import { configurationKeys } from '@hadal/infra/configuration-keys'
import { environmentStack, type ManifestSource } from '@hadal/infra/environment-stack'
import { requiredConfiguration, smallRelease } from '@hadal/infra/fixtures/recorded-stack'
import type { Environment } from '@hadal/platform/environment'
import { type PinnedName, readOperatorPins } from '@hadal/platform/operators/operator-pins'
import { LocalWorkspace, PulumiCommand, type Stack } from '@pulumi/pulumi/automation/index.js'
import { root } from '../../repository-copy.ts'
import type { Access } from '../ground/cluster.ts'
import { buildTool } from '../tools/build.ts'
import { type RecordingProviders, startRecordingProviders } from './providers.ts'

/** A real Pulumi engine with its own state, and the recording providers that it uses. */
export interface Engine {
  readonly binary: string
  readonly providers: RecordingProviders
  /** Environment variables of the engine, also for commands that a test runs itself. */
  readonly variables: Readonly<Record<string, string>>
  /** Returns the text of all files of the engine's state. */
  state(): string
  stop(): void
}

/** Returns the real provider plugins on PATH. The tests don't use them. */
export const realProviders = (): string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => {
      try {
        return readdirSync(folder)
      } catch {
        return []
      }
    })
    .filter((file) => /^pulumi-resource-(kubernetes|postgresql|random|minio)$/.test(file))

/** Starts a Pulumi engine. @param access API server to which Kubernetes objects are applied in addition to being recorded */
export async function startEngine(access?: Access): Promise<Engine> {
  const tool = await buildTool('pulumi')
  const folder = mkdtempSync(join(tmpdir(), 'hadal-engine-'))
  const [state = '', recordings = '', home = ''] = ['state', 'recordings', 'home'].map((name) => join(folder, name))
  for (const made of [state, recordings, home]) mkdirSync(made)
  // A file in place of the engine's log folder. Otherwise the engine would log every property, hundreds of megabytes; no option disables it.
  writeFileSync(join(home, 'logs'), '')
  const providers = await startRecordingProviders(recordings, access)
  return {
    binary: tool.binary('pulumi'),
    providers,
    variables: {
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_HOME: home,
      PULUMI_CONFIG_PASSPHRASE: 'of the engine tier',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DEBUG_PROVIDERS: providers.addresses,
      // The state is uncompressed JSON, so that a search for a secret in it is meaningful.
      PULUMI_DIY_BACKEND_GZIP: 'false',
    },
    state: () =>
      readdirSync(state, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
        .join('\n'),
    stop: () => {
      providers.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Optional configuration of a stack. With it, the program creates every kind of resource. */
const optional = (environment: Environment): Record<string, string> => ({
  ...(environment.backup.kind === 's3' && {
    'backup-bucket/access-key-id': 'AKIDEXAMPLE',
    'backup-bucket/secret-access-key': 'value of the bucket key',
  }),
  'repository/username': 'reader',
  'repository/password': 'value of the repository password',
})

/** Configuration of an environment's stack in these tests. Keys have no project prefix. */
export function configurationOf(environment: Environment): { key: string; value: string; secret: boolean }[] {
  const secret = new Set(configurationKeys(environment).flatMap((key) => (key.secret ? [key.key] : [])))
  const values = { ...requiredConfiguration(environment), ...optional(environment) }
  return Object.entries(values).map(([key, value]) => ({ key, value, secret: secret.has(key) }))
}

/** Small replacement for the manifests of a release, for tests that don't depend on their content. The published ones have several megabytes. */
const smallReleases: ManifestSource = async (name) => smallRelease(name)

interface StackOptions {
  /** Called at the end of the Pulumi program, after it has registered its resources. */
  readonly after?: () => void
}

/** Creates the stack of an environment, with its program in this process. */
export async function stackOf(engine: Engine, environment: Environment, { after }: StackOptions = {}): Promise<Stack> {
  const stack = await LocalWorkspace.createOrSelectStack(
    {
      stackName: environment.name,
      projectName: 'hadal',
      program: async () => {
        const outputs = await environmentStack(environment, smallReleases)
        after?.()
        return outputs
      },
    },
    {
      pulumiCommand: await PulumiCommand.get({ root: join(engine.binary, '../..'), skipVersionCheck: true }),
      envVars: { ...engine.variables },
      pulumiHome: engine.variables.PULUMI_HOME,
    },
  )
  await stack.setAllConfig(
    Object.fromEntries(
      configurationOf(environment).map(({ key, value, secret }) => [`hadal:${key}`, { value, secret }]),
    ),
  )
  return stack
}

export const pins = readOperatorPins(root)

/** Go module and file of the manifests of each operator whose recorded checksum is the checksum of that file. */
export const releaseFiles: readonly { readonly name: PinnedName; readonly module: string; readonly file: string }[] = [
  { name: 'argo-cd', module: 'github.com/argoproj/argo-cd/v3', file: 'manifests/install.yaml' },
  {
    name: 'prometheus-operator',
    module: 'github.com/prometheus-operator/prometheus-operator',
    file: 'bundle.yaml',
  },
  {
    name: 'cloudnative-pg',
    module: 'github.com/cloudnative-pg/cloudnative-pg',
    file: `releases/cnpg-${pins['cloudnative-pg'].version}.yaml`,
  },
]

/** Returns the published manifests of an operator from its Go module. Go verifies the module with its checksum database. */
export function moduleRelease({ name, module, file }: (typeof releaseFiles)[number]): Buffer {
  return readFileSync(join(moduleFolder(`${module}@v${pins[name].version}`), file))
}
