import type { JsonRecord } from '@hadal/charts/rendered-object'
import { podsOfOperators } from '@hadal/charts/validate/pods'
import { at, recordAt, textAt } from '@hadal/charts/validate/read-json'
import { stringify } from 'yaml'
import type { RenderedSet } from './rendered-sets.ts'

/**
 * Objects that operators create from the rendered resources, for a scanner that doesn't know custom kinds: the pods of CloudNativePG and the
 * redis-operator, with the labels and ports of charts/src/validate/pods.ts, and the autoscalers of KEDA. It is a fixture: the pod specs are
 * written so that the scanner finds nothing in them, because the operators determine them.
 */
export function operatedObjects({ objects, environment }: Pick<RenderedSet, 'objects' | 'environment'>): string {
  const { namespace } = environment
  const pods = podsOfOperators({ objects }).map(({ maker, labels, ports }, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `operated-${maker.name}-${index}`, namespace, labels },
    spec: podSpec([...ports]),
  }))
  const scalers = objects
    .filter(({ kind }) => kind === 'ScaledObject')
    .map(({ object }) => ({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        name: textAt(object, 'spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name'),
        namespace,
      },
      spec: {
        scaleTargetRef: recordAt(object, 'spec', 'scaleTargetRef'),
        minReplicas: at(object, 'spec', 'minReplicaCount'),
        maxReplicas: at(object, 'spec', 'maxReplicaCount'),
      },
    }))
  // agent-sandbox creates its pods exactly from the template.
  const sandboxes = objects
    .filter(({ kind }) => kind === 'SandboxTemplate')
    .map(({ name, object }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `operated-${name}`,
        namespace,
        labels: recordAt(object, 'spec', 'podTemplate', 'metadata', 'labels'),
      },
      spec: recordAt(object, 'spec', 'podTemplate', 'spec'),
    }))
  return [...pods, ...sandboxes, ...scalers].map((object) => stringify(object)).join('---\n')
}

const amounts = { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' }

const podSpec = (ports: readonly number[]): JsonRecord => ({
  automountServiceAccountToken: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 10_001,
    runAsGroup: 10_001,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containers: [
    {
      name: 'operated',
      image: `registry.example.com/operated:1.0@sha256:${'1'.repeat(64)}`,
      imagePullPolicy: 'Always',
      ports: ports.map((containerPort) => ({ containerPort })),
      readinessProbe: { tcpSocket: { port: ports[0] ?? 1 } },
      livenessProbe: { exec: { command: ['operated'] } },
      resources: { requests: amounts, limits: amounts },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 10_001,
        runAsGroup: 10_001,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
})
