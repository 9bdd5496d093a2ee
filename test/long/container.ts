import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { at, listAt, textAt } from '@hadal/charts/validate/read-json'

/** What the manifest of a pod lets its container see and write. */
export interface Container {
  readonly user: number
  readonly group: number
  /** Paths of the empty volumes, the only ones that the container may write. */
  readonly writable: readonly string[]
  /** Path and file mode of each mounted Secret. */
  readonly secrets: readonly { readonly folder: string; readonly mode: number }[]
}

/**
 * Reads the first container of a rendered Deployment or Job.
 *
 * @throws {Error} if its root file system is writable, or if one of its volumes is neither empty nor a Secret
 */
export function containerOf({ path, object }: RenderedObject): Container {
  const pod = at(object, 'spec', 'template', 'spec')
  const [container] = listAt(pod, 'containers')
  if (at(container, 'securityContext', 'readOnlyRootFilesystem') !== true)
    throw new Error(`${path}: the root file system of the container is writable.`)
  const writable: string[] = []
  const secrets: { folder: string; mode: number }[] = []
  for (const mount of listAt(container, 'volumeMounts')) {
    const folder = textAt(mount, 'mountPath') ?? ''
    const volume = listAt(pod, 'volumes').find((each) => textAt(each, 'name') === textAt(mount, 'name'))
    if (at(volume, 'emptyDir')) writable.push(folder)
    else if (at(volume, 'secret')) secrets.push({ folder, mode: Number(at(volume, 'secret', 'defaultMode')) })
    else throw new Error(`${path}: the volume at ${folder} is neither empty nor a Secret.`)
  }
  const id = (field: string): number => Number(at(pod, 'securityContext', field))
  return { user: id('runAsUser'), group: id('runAsGroup'), writable, secrets }
}

interface Contents {
  /** Folder that the image contains as `/app`. */
  readonly app: string
  /** An empty folder of this test, for the files of the Secrets. */
  readonly scratch: string
  /** Values of secrets, by their path in the container. */
  readonly secretFiles: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Returns the command line that runs a program as the container would: with the container's user, a read-only root file system that holds `/app`,
 * Node and the system's libraries, and the container's volumes. The network is the host's. Bubblewrap isolates file systems and processes; it
 * does not apply the seccomp profile and the limits of resources.
 */
export function inContainer(container: Container, contents: Contents, program: readonly string[]): string[] {
  const { app, scratch, secretFiles, environment } = contents
  const isRoot = process.getuid?.() === 0
  // Bubblewrap would create the parents of a mount for root alone.
  const mounts = ['/run', '/run/secrets'].flatMap((path) => ['--perms', '0755', '--dir', path])
  for (const [path, value] of Object.entries(secretFiles)) {
    const mode = container.secrets.find(({ folder }) => folder === dirname(path))?.mode
    if (mode === undefined) throw new Error(`The container does not mount ${dirname(path)}.`)
    const file = join(scratch, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, value)
    // Kubernetes gives the files to root and to the pod's group.
    if (isRoot) chownSync(file, 0, container.group)
    chmodSync(file, mode)
    mounts.push('--ro-bind', dirname(file), dirname(path))
  }
  const libraries = ['/lib', '/lib64', '/bin'].filter((path) => existsSync(path))
  const ids = [String(container.user), String(container.group)] as const
  return [
    'bwrap',
    ...['--unshare-pid', '--unshare-ipc', '--die-with-parent', '--new-session', '--clearenv'],
    // Root becomes the container's user. Another user gets its id in a namespace.
    ...(isRoot
      ? ['--cap-drop', 'ALL', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID']
      : ['--unshare-user', '--uid', ids[0], '--gid', ids[1]]),
    ...['--ro-bind', '/usr', '/usr', '--proc', '/proc', '--dev', '/dev', '--ro-bind', app, '/app'],
    ...libraries.flatMap((path) => ['--ro-bind', path, path]),
    ...['--ro-bind', dirname(process.execPath), '/node'],
    ...mounts,
    ...container.writable.flatMap((path) => ['--perms', '1777', '--tmpfs', path]),
    ...['--remount-ro', '/', '--chdir', '/app'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    '--',
    ...(isRoot ? ['setpriv', '--reuid', ids[0], '--regid', ids[1], '--clear-groups', '--no-new-privs', '--'] : []),
    ...program,
  ]
}
