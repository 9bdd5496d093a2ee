import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { BuiltTool } from '../tools/build.ts'
import type { Cluster, KubernetesObject } from './cluster.ts'
import { freePorts } from './free-ports.ts'
import type { Parts } from './parts.ts'
import { waitUntil } from './wait-until.ts'

export const zones = ['zone-a', 'zone-b', 'zone-c'] as const
const nodesPerZone = 2
/** Capacity of one simulated node. Six nodes can hold three times the largest scale-out of prod. */
const room = { cpu: '32', memory: '128Gi', 'ephemeral-storage': '200Gi', pods: '110' }

/** Creates simulated nodes: kwok reports the status of nodes and pods as a kubelet would, but runs no containers. */
export async function startNodes(parts: Parts, tool: BuiltTool, cluster: Cluster, kubeconfig: string): Promise<void> {
  const stages = join(parts.folder, 'stages.yaml')
  writeFileSync(stages, stagesOf(tool).join('\n---\n'))
  const { kwok } = await freePorts('kwok')
  await parts.start(
    'kwok',
    tool.binary('kwok'),
    [
      `--kubeconfig=${kubeconfig}`,
      `--config=${stages}`,
      '--manage-all-nodes=true',
      '--node-lease-duration-seconds=40',
      `--server-address=127.0.0.1:${kwok}`,
    ],
    { ready: async () => (await fetch(`http://127.0.0.1:${kwok}/healthz`)).ok },
  )
  const names = zones.flatMap((zone) =>
    Array.from({ length: nodesPerZone }, (_, n) => ({ zone, name: `${zone}-${n}` })),
  )
  await Promise.all(
    names.map(({ zone, name }) =>
      cluster.create({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name,
          labels: {
            'kubernetes.io/hostname': name,
            'kubernetes.io/os': 'linux',
            'topology.kubernetes.io/zone': zone,
            'topology.kubernetes.io/region': 'region',
          },
        },
        status: { allocatable: room, capacity: room },
      }),
    ),
  )
  await makeVolumes(cluster)
  await waitUntil('every node to be ready', async () => {
    const nodes = await cluster.list<NodeObject>('v1/Node')
    return nodes.every(({ status }) =>
      status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
    )
  })
}

interface NodeObject extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

/** Stages of kwok: its own for nodes and for pods that become ready; ours for the end of pods and for the status that operators would write. */
function stagesOf(tool: BuiltTool): string[] {
  const own = join(import.meta.dirname, 'kwok')
  const text = (file: string) => readFileSync(file, 'utf8')
  return [
    text(join(tool.share, 'stages/node/fast/node-initialize.yaml')),
    exceptBroken(text(join(tool.share, 'stages/pod/fast/pod-ready.yaml'))),
    ...readdirSync(own).map((file) => text(join(own, file))),
  ]
}

/**
 * Changes a stage so that a server's pod never becomes ready if its image digest begins with "bad1". Such a pod simulates an image that
 * doesn't start.
 */
function exceptBroken(stage: string): string {
  const document = parseDocument(stage)
  document.addIn(['spec', 'selector', 'matchExpressions'], {
    key: 'select(.metadata.ownerReferences[0].kind != "Job") | .spec.containers.[].image | test("@sha256:bad1") | tostring',
    operator: 'NotIn',
    values: ['true'],
  })
  return document.toString()
}

/**
 * Creates volumes and a default StorageClass that binds a claim only when a pod uses it, as cloud providers do. So a test notices a claim
 * that must be bound in an earlier sync wave than the pod that uses it: such a sync never ends.
 */
async function makeVolumes(cluster: Cluster): Promise<void> {
  await cluster.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'ground', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  })
  await Promise.all(
    ['disk-0', 'disk-1', 'disk-2', 'disk-3', 'disk-4', 'disk-5'].map((name) =>
      cluster.create({
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name },
        spec: {
          storageClassName: 'ground',
          accessModes: ['ReadWriteOnce'],
          capacity: { storage: '500Gi' },
          persistentVolumeReclaimPolicy: 'Retain',
          hostPath: { path: '/nowhere' },
        },
      }),
    ),
  )
}
