import { createHash } from 'node:crypto'
import type { Environment } from '@hadal/platform/environment'
import * as pulumi from '@pulumi/pulumi'
import { configurationKeys } from './configuration-keys.ts'
import { environmentStack } from './environment-stack.ts'
import { policyProblems } from './policy/environment-rules.ts'

/** A resource as the program registered it, without an engine. */
export interface RecordedResource {
  readonly type: string
  readonly name: string
  readonly custom: boolean
  /** Values of secrets in clear. */
  readonly inputs: Readonly<Record<string, unknown>>
  /** First names of the inputs that were secrets. */
  readonly secret: ReadonlySet<string>
  readonly protect: boolean
  readonly retainOnDelete: boolean
  readonly parent: string | undefined
}

export interface RecordedStack {
  readonly resources: readonly RecordedResource[]
  readonly outputs: Readonly<Record<string, unknown>>
  /** What the environment's policy says of all of them. */
  readonly problems: readonly string[]
}

/** A release that brings one kind and one workload. */
export const smallRelease = (name: string): string =>
  [
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ' +
      name +
      '.example.com }\n',
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: a, image: "registry.example.com/${name}:1" }] } } }\n`,
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: argocd-cm }\n',
  ].join('---\n')

/** A value for every key that the environment's stack must have; those of secrets tell their key. */
export function requiredConfiguration(environment: Environment): Record<string, string> {
  const required = configurationKeys(environment).filter((key) => key.required)
  return Object.fromEntries(required.map(({ key }) => [key, `value of ${key}`]))
}

/** Makes it the configuration of the stack. @param configuration keys without the project's prefix */
export function setConfiguration(environment: Environment, configuration: Readonly<Record<string, string>>): void {
  const secretKeys = configurationKeys(environment).flatMap(({ key, secret }) => (secret ? [`hadal:${key}`] : []))
  const values = Object.entries(configuration).map(([key, value]) => [`hadal:${key}`, value])
  pulumi.runtime.setAllConfig(Object.fromEntries(values), secretKeys)
}

let last: Promise<unknown> = Promise.resolve()

/**
 * Runs the program of an environment against Pulumi's own stand-in for an engine; one after another, since a process has one runtime of Pulumi.
 *
 * @param configuration keys without the project's prefix, in place of the required ones
 */
export function recordedStack(
  environment: Environment,
  configuration: Readonly<Record<string, string>> = requiredConfiguration(environment),
): Promise<RecordedStack> {
  const stack = last.then(() => run(environment, configuration))
  last = stack.catch(() => {})
  return stack
}

async function run(environment: Environment, configuration: Readonly<Record<string, string>>): Promise<RecordedStack> {
  const options = new Map<string, pulumi.ResourceOptions>()
  const resources: RecordedResource[] = []
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs, custom }) => {
        const unwrapped = unwrap(inputs)
        if (type !== 'pulumi:pulumi:Stack') {
          const { protect = false, retainOnDelete = false, parent } = options.get(`${type} ${name}`) ?? {}
          resources.push({
            type,
            name,
            custom: custom === true,
            inputs: unwrapped.values,
            secret: unwrapped.secret,
            protect,
            retainOnDelete,
            parent: parent && nameOf(parent),
          })
        }
        return { id: `id-of-${name}`, state: { ...inputs, ...made(type, name) } }
      },
    },
    'hadal',
    environment.name,
    false,
  )
  setConfiguration(environment, configuration)
  const outputs = await pulumi.runtime
    .runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
        options.set(`${type} ${name}`, opts)
        return undefined
      })
      return await environmentStack(environment, async (name) => smallRelease(name))
    })
    // What is still under way would reach the next stack's stand-in.
    .finally(() => pulumi.runtime.disconnect())
  return {
    resources,
    outputs: await plain(outputs ?? {}),
    problems: resources.flatMap((resource) => policyProblems(environment, { ...resource, props: resource.inputs })),
  }
}

const nameOf = (resource: pulumi.Resource): string | undefined => Reflect.get(resource, '__name')

const plain = (value: pulumi.Inputs): Promise<Record<string, unknown>> =>
  new Promise((resolve) => pulumi.output(value).apply(resolve))

/** What a provider would compute; the same on every run. */
function made(type: string, name: string): Record<string, string> {
  const bytes = createHash('sha256').update(name).digest()
  if (type === 'random:index/randomPassword:RandomPassword') return { result: `password${bytes.toString('hex')}` }
  if (type === 'random:index/randomBytes:RandomBytes') return { base64: bytes.toString('base64') }
  return {}
}

/** Pulumi's own mark of a secret in what it sends: see `runtime/rpc` of @pulumi/pulumi. */
const mark = { key: '4dabf18193072939515e22adb298388d', secret: '1b47061264138c4ac30d75fd1eb44270' }

function unwrap(inputs: Readonly<Record<string, unknown>>): {
  values: Record<string, unknown>
  secret: ReadonlySet<string>
} {
  const secret = new Set<string>()
  const open = (value: unknown, input: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => open(item, input))
    if (typeof value !== 'object' || value === null) return value
    if (Reflect.get(value, mark.key) === mark.secret) {
      secret.add(input)
      return open(Reflect.get(value, 'value'), input)
    }
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, open(inner, input)]))
  }
  return {
    values: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, open(value, name)])),
    secret,
  }
}
