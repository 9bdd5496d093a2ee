import type { ContainerCreateOptions } from 'dockerode'

/** What a container may take of its machine. */
export interface ContainerLimits {
  readonly memoryBytes: number
  /** In cores; a fraction is one. */
  readonly cpus: number
  readonly processes: number
  /** Of the work folder and of `/tmp`, each: they are memory, and count as such. */
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
  /** Where commands start, and the only place beside `/tmp` that can be written. Absolute. */
  readonly workFolder: string
  readonly limits: ContainerLimits
  readonly labels: Readonly<Record<string, string>>
}

/** `nobody` of every distribution. */
const user = '65534:65534'
const openFiles = 1_024
/** The kernel counts these for the user, so for all sandboxes of a machine together; a sandbox's own limit is `processes`. */
const processesOfAll = 4_096

/** Waits for nothing, buries the processes that lost their parent, and leaves at once when it is asked to. */
const init = 'trap "exit 0" TERM INT; while :; do sleep 3600 & wait $!; done'

/**
 * The options of a sandbox's container: no network, a root that can't be written, no privileges and no way to get any, and
 * limits on memory, processors and processes.
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
      // The same: no swap on top of it.
      MemorySwap: limits.memoryBytes,
      NanoCpus: Math.round(limits.cpus * 1e9),
      PidsLimit: limits.processes,
      // Named, since Podman would ask for more than a machine may grant.
      Ulimits: [
        { Name: 'nofile', Soft: openFiles, Hard: openFiles },
        { Name: 'nproc', Soft: processesOfAll, Hard: processesOfAll },
      ],
    },
  }
}
