import type { ContainerCreateOptions } from 'dockerode'

/** Resource limits of a container. */
export interface ContainerLimits {
  readonly memoryBytes: number
  /** Maximum number of CPU cores of the container; may be a fraction. */
  readonly cpus: number
  readonly processes: number
  /** Maximum size in bytes of the container's work folder, and of its `/tmp`. Both are in memory, and count as memory. */
  readonly folderBytes: number
}

export const defaultContainerLimits: ContainerLimits = {
  memoryBytes: 536_870_912,
  cpus: 1,
  processes: 128,
  folderBytes: 134_217_728,
}

export interface ContainerOptions {
  readonly image: string
  /** Absolute path of the folder in which commands start. Only it and `/tmp` are writable. */
  readonly workFolder: string
  readonly limits: ContainerLimits
  readonly labels: Readonly<Record<string, string>>
}

/** User and group id of `nobody` in every distribution. */
const user = '65534:65534'
const openFiles = 1_024
/**
 * Maximum number of processes of the container's user. The kernel counts the user's processes in all sandboxes of a machine together; the limit of
 * one sandbox is `processes`.
 */
const processesOfAll = 4_096

/** Init process of a sandbox's container: waits forever, reaps orphaned processes, and exits at once on SIGTERM. */
const init = 'trap "exit 0" TERM INT; while :; do sleep 3600 & wait $!; done'

/**
 * Returns the options of a sandbox's container: no network, a read-only root, no privileges and no way to gain any, and limits on memory,
 * processors and processes.
 */
export function containerSpec({ image, workFolder, limits, labels }: ContainerOptions): ContainerCreateOptions {
  const folder = `rw,exec,nosuid,nodev,size=${limits.folderBytes},mode=1777`
  return {
    Image: image,
    Entrypoint: ['sh', '-c'],
    Cmd: [init],
    User: user,
    WorkingDir: workFolder,
    Env: [`HOME=${workFolder}`],
    Labels: { ...labels },
    Tty: false,
    OpenStdin: false,
    NetworkDisabled: true,
    StopTimeout: 1,
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      Tmpfs: { [workFolder]: folder, '/tmp': folder },
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Memory: limits.memoryBytes,
      // Equal to the memory limit: no swap.
      MemorySwap: limits.memoryBytes,
      NanoCpus: Math.round(limits.cpus * 1e9),
      PidsLimit: limits.processes,
      // Explicit, since Podman's defaults can exceed what the machine allows.
      Ulimits: [
        { Name: 'nofile', Soft: openFiles, Hard: openFiles },
        { Name: 'nproc', Soft: processesOfAll, Hard: processesOfAll },
      ],
    },
  }
}
