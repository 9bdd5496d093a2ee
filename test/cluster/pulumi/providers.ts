import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Access } from '../ground/cluster.ts'
import type { Recording } from './recording-provider.ts'

/** Packages of Pulumi providers whose resources the program registers. */
export const packages = ['kubernetes', 'postgresql', 'random', 'minio'] as const
export type PackageName = (typeof packages)[number]

/** Simulated Pulumi providers that record the requested resources and create none. */
export interface RecordingProviders {
  /** Value of `PULUMI_DEBUG_PROVIDERS`: name and port of each provider. */
  readonly addresses: string
  /** Returns the recorded resources of a provider, in the order of their creation. */
  recordings(name: PackageName): readonly Recording[]
  /** Changes a recorded resource as if by another program; without properties, deletes it. */
  replace(name: PackageName, id: string, properties?: Recording['properties']): void
  /** Deletes all recorded resources. */
  clear(): void
  /** Makes the creation or change of a resource fail, until it is called without a resource. */
  failAt(name: PackageName, resource?: string): void
  stop(): void
}

/**
 * Starts the recording providers.
 *
 * @param folder folder for the recorded resources. The caller removes it
 * @param access API server to which Kubernetes objects are applied in addition
 */
export async function startRecordingProviders(folder: string, access?: Access): Promise<RecordingProviders> {
  const children: ChildProcess[] = []
  const stop = (): void => {
    for (const child of children) child.kill()
  }
  const folderOf = (name: PackageName) => join(folder, name)
  const start = async (name: PackageName): Promise<string> => {
    mkdirSync(folderOf(name))
    const program = join(import.meta.dirname, 'recording-provider.ts')
    // The provider exits when its standard input closes, i.e. when this process ends in any way.
    const applies = name === 'kubernetes' && access !== undefined ? [JSON.stringify(access)] : []
    const child = spawn(process.execPath, [program, folderOf(name), ...applies], { stdio: ['pipe', 'pipe', 'inherit'] })
    children.push(child)
    for await (const line of createInterface({ input: child.stdout })) return `${name}:${line}`
    throw new Error(`The recording provider of ${name} ended before it had a port.`)
  }
  const filesOf = (name: PackageName) => readdirSync(folderOf(name)).filter((file) => file.endsWith('.json'))
  const read = (name: PackageName, file: string): Recording =>
    JSON.parse(readFileSync(join(folderOf(name), file), 'utf8'))
  try {
    const addresses = (await Promise.all(packages.map(start))).join(',')
    return {
      addresses,
      recordings: (name) =>
        filesOf(name)
          .sort()
          .map((file) => read(name, file)),
      replace: (name, id, properties) => {
        const file = join(folderOf(name), `${id}.json`)
        if (properties === undefined) rmSync(file)
        else writeFileSync(file, JSON.stringify({ ...read(name, `${id}.json`), properties }))
      },
      clear: () => {
        for (const name of packages) for (const file of filesOf(name)) rmSync(join(folderOf(name), file))
      },
      failAt: (name, resource) => {
        const fails = join(folderOf(name), 'fails')
        if (resource === undefined) rmSync(fails, { force: true })
        else writeFileSync(fails, resource)
      },
      stop,
    }
  } catch (error) {
    stop()
    throw error
  }
}
