// A simulated Pulumi provider: it records the resources that the engine requests, creates none, and answers from its records. It replaces the
// real provider of a package in tests, without its semantics.
//
//   node recording-provider.ts <folder> [access]     prints its port; the folder has one file per recorded resource, named in the order
//                                                    of creation. The program exits when its standard input closes.
//
// With the access to an API server (JSON), recorded Kubernetes objects are also applied and deleted there.
//
// While the file <folder>/fails contains the name of a resource, the creation or change of this resource fails.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { isDeepStrictEqual } from 'node:util'
import * as provider from '@pulumi/pulumi/provider/index.js'
import { isRpcSecret, unwrapRpcSecret } from '@pulumi/pulumi/runtime/rpc.js'
import { Cluster, type KubernetesObject, kindOf as kindInCluster } from '../ground/cluster.ts'

type Properties = Readonly<Record<string, unknown>>

/** A resource that a simulated Pulumi provider recorded. */
export interface Recording {
  readonly id: string
  readonly urn: string
  readonly properties: Properties
}

/** Types of resources that their real provider never updates in place. */
const neverInPlace = new Set(['RandomPassword', 'RandomBytes'])

/** Computed outputs by type of resource. They are not inputs, so they cause no difference. */
const computed: Readonly<Record<string, () => Properties>> = {
  RandomPassword: () => ({ result: randomBytes(20).toString('hex') }),
  RandomBytes: () => ({ base64: randomBytes(32).toString('base64') }),
}

const kindOf = (urn: string): string => (urn.split('::')[2] ?? '').split(':').at(-1) ?? ''
const nameOf = (urn: string): string => urn.split('::')[3] ?? ''

/** Returns the properties without the wrapper with which the engine marks a secret. */
function inClear(properties: Properties): Properties {
  const unwrapped = (value: unknown): unknown => {
    if (isRpcSecret(value)) return unwrapped(unwrapRpcSecret(value))
    if (Array.isArray(value)) return value.map(unwrapped)
    return typeof value === 'object' && value !== null ? inClear({ ...value }) : value
  }
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, unwrapped(value)]))
}

const isObject = (properties: Properties): properties is KubernetesObject =>
  'apiVersion' in properties && 'kind' in properties && 'metadata' in properties

export class RecordingProvider implements provider.Provider {
  // Higher than any real version, so that the engine does not warn about an old provider. The name shows that it is a simulation.
  readonly version = '999.0.0-recorded'
  readonly #folder: string
  readonly #cluster: Cluster | undefined
  #made = 0

  constructor(folder: string, cluster?: Cluster) {
    this.#folder = folder
    this.#cluster = cluster
  }

  async diff(_id: string, urn: string, olds: Properties, news: Properties): Promise<provider.DiffResult> {
    const ignored = new Set(Object.keys(computed[kindOf(urn)]?.() ?? {}))
    const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => !ignored.has(name))
    const changed = names.filter((name) => !isDeepStrictEqual(olds[name], news[name]))
    return { changes: changed.length > 0, replaces: neverInPlace.has(kindOf(urn)) ? changed : [] }
  }

  async create(urn: string, inputs: Properties): Promise<provider.CreateResult> {
    this.#failIfAsked(urn)
    this.#made += 1
    const id = String(this.#made).padStart(6, '0')
    const properties = { ...inputs, ...computed[kindOf(urn)]?.() }
    await this.#apply(properties)
    this.#write({ id, urn, properties })
    return { id, outs: properties }
  }

  async read(id: string, urn: string): Promise<provider.ReadResult> {
    if (!existsSync(this.#file(id))) return { id: '' }
    const { properties }: Recording = JSON.parse(readFileSync(this.#file(id), 'utf8'))
    // Computed values must not be returned as inputs, because the state would contain them in plain text.
    const outputs = Object.keys(computed[kindOf(urn)]?.() ?? {})
    const inputs = Object.fromEntries(Object.entries(properties).filter(([name]) => !outputs.includes(name)))
    return { id, props: properties, inputs }
  }

  async update(id: string, urn: string, olds: Properties, news: Properties): Promise<provider.UpdateResult> {
    this.#failIfAsked(urn)
    const kept = Object.keys(computed[kindOf(urn)]?.() ?? {}).map((name) => [name, olds[name]])
    const properties = { ...news, ...Object.fromEntries(kept) }
    await this.#apply(properties)
    this.#write({ id, urn, properties })
    return { outs: properties }
  }

  async delete(id: string, _urn: string, properties: Properties): Promise<void> {
    if (isObject(properties)) {
      const { name, namespace } = properties.metadata
      await this.#cluster?.delete(kindInCluster(properties), name, namespace)
    }
    rmSync(this.#file(id), { force: true })
  }

  async #apply(properties: Properties): Promise<void> {
    const object = inClear(properties)
    if (isObject(object)) await this.#cluster?.apply(object, 'pulumi')
  }

  #failIfAsked(urn: string): void {
    const fails = join(this.#folder, 'fails')
    if (existsSync(fails) && readFileSync(fails, 'utf8') === nameOf(urn))
      throw new Error(`asked to fail at ${nameOf(urn)}`)
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`)
  }

  #write(recording: Recording): void {
    writeFileSync(this.#file(recording.id), JSON.stringify(recording))
  }
}

if (import.meta.main) {
  const [folder = '', access] = process.argv.slice(2)
  process.stdin.resume().once('close', () => process.exit())
  const cluster = access === undefined ? undefined : new Cluster(JSON.parse(access))
  await provider.main(new RecordingProvider(folder, cluster), [])
}
