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
/** Of one node. Six of them hold prod at its largest, three times over. */
const room = { cpu: '32', memory: '128Gi', 'ephemeral-storage': '200Gi', pods: '110' }

/** Nodes that are only said to be: kwok reports them, and the pods on them, as a kubelet would. Nothing runs. */
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

/** kwok's own for nodes and for pods that become ready; ours for how pods end and for what operators would report. */
function stagesOf(tool: BuiltTool): string[] {
  const own = join(import.meta.dirname, 'kwok')
  const text = (file: string) => readFileSync(file, 'utf8')
  return [
    text(join(tool.share, 'stages/node/fast/node-initialize.yaml')),
    exceptBroken(text(join(tool.share, 'stages/pod/fast/pod-ready.yaml'))),
    ...readdirSync(own).map((file) => text(join(own, file))),
  ]
}

/** A server's pod never becomes ready where its image's digest begins with "bad1": so an image looks that doesn't start. */
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
 * Volumes that claims can be bound to, by a default class that waits for a pod, as the clouds' do: a claim that must be bound before the
 * next wave, whose pod comes only there, would wait for ever.
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
