import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inheritedVariables } from '@hadal/runtime/fixtures/inherited-variables'
import { freePorts } from '@hadal/runtime/fixtures/redis/free-ports'
import { accessKey, type S3Storage, withBucket } from './s3-storage.ts'
import { answers, type ServerProgram, startProgram } from './server-program.ts'

const execute = promisify(execFile)

/**
 * Starts radosgw, the S3-compatible server of Ceph, on the smallest cluster: one monitor, and one OSD that keeps objects in memory. Neither a manager, nor
 * systemd, a block device or a privilege is needed. All files are in a temporary folder, all ports on the loopback address.
 */
export async function startRadosgw(): Promise<S3Storage> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-ceph-'))
  const running: ServerProgram[] = []
  const end = async (): Promise<void> => {
    await Promise.all(running.splice(0).map((program) => program.kill()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return await withBucket(await startCluster(folder, running), end)
  } catch (error) {
    await end()
    throw error
  }
}

/** @param running gets the started programs @returns address of radosgw */
async function startCluster(folder: string, running: ServerProgram[]): Promise<string> {
  const [monitorPort = 0, port = 0] = await freePorts(2)
  const cluster = randomUUID()
  const environment = { CEPH_CONF: join(folder, 'ceph.conf') }
  writeFileSync(environment.CEPH_CONF, configuration(folder, cluster, monitorPort, port))
  for (const name of ['mon', 'osd', 'crash']) mkdirSync(join(folder, name))
  const run = (program: string, ...args: string[]): Promise<unknown> =>
    execute(program, args, { env: { PATH: inheritedVariables.PATH, ...environment }, timeout: 120_000 })
  const start = (program: string, ...args: string[]): ServerProgram => {
    // In the foreground, with messages on standard error.
    const started = startProgram(program, ['-f', ...args], environment)
    running.push(started)
    return started
  }
  const keyring = join(folder, 'keyring')
  const map = join(folder, 'monmap')
  const key = (name: string, ...rights: string[]): Promise<unknown> =>
    run('ceph-authtool', keyring, '--gen-key', '-n', name, ...rights.flatMap((right) => ['--cap', right, 'allow *']))
  await run('ceph-authtool', '--create-keyring', keyring)
  await key('mon.', 'mon')
  await key('client.admin', 'mon', 'osd')
  await key('osd.0', 'mon', 'osd')
  await run('monmaptool', '--create', '--fsid', cluster, '--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, map)
  await run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring)
  start('ceph-mon', '-i', 'a')
  const osd = randomUUID()
  // Waits for the monitor.
  await run('ceph', '--connect-timeout', '100', 'osd', 'new', osd)
  await run('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', osd)
  start('ceph-osd', '-i', '0')
  const gateway = start('radosgw', '-n', 'client.admin')
  const endpoint = `http://127.0.0.1:${port}`
  await gateway.until(() => answers(endpoint))
  const { accessKeyId, secretAccessKey } = accessKey
  const user = ['--uid', 'test', '--display-name', 'test', '--access-key', accessKeyId, '--secret', secretAccessKey]
  await run('radosgw-admin', '-n', 'client.admin', 'user', 'create', ...user)
  return endpoint
}

const configuration = (folder: string, cluster: string, monitorPort: number, port: number): string => `[global]
fsid = ${cluster}
mon_host = v2:127.0.0.1:${monitorPort}
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr1 = false
keyring = ${folder}/keyring
run_dir = ${folder}
crash_dir = ${folder}/crash
mon_data = ${folder}/mon
osd_data = ${folder}/osd
rgw_data = ${folder}
pid_file =
admin_socket =
log_file =
log_to_stderr = true
mon_cluster_log_to_file = false
# The monitor decides at once, not every second.
paxos_propose_interval = 0.02
paxos_min_wait = 0.01
# Nor does it refuse to work on a disk that is nearly full: it writes a few megabytes.
mon_data_avail_warn = 1
mon_data_avail_crit = 1
mon_allow_pool_size_one = true
osd_objectstore = memstore
osd_pool_default_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
rgw_rados_pool_pg_num_min = 1
rgw_enable_apis = s3
rgw_frontends = beast endpoint=127.0.0.1:${port}
`
