import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { rendered } from '../fixtures/rendered.ts'
import { sandbox } from '../fixtures/shapes.ts'
import { renderEnvironment } from '../render-environment.ts'

const environment = soundEnvironment({ sandbox: { ...sandbox, warm: 2, max: 7 } })
const split: EnvironmentInput['agent'] = {
  topology: 'split',
  api: { autoscaling: { kind: 'cpu' } },
  worker: { autoscaling: { kind: 'cpu' } },
}

test('an environment without sandboxes has none of their objects', () => {
  const objects = renderEnvironment(soundEnvironment())
  expect(objects.filter(({ text }) => /sandboxclaims|serviceAccountToken/.test(text))).toEqual([])
  expect(objects.map(({ path }) => path).filter((path) => /sandbox/i.test(path))).toEqual([])
})

test('a sandbox runs the pinned image in the RuntimeClass, without a token, and writes only to its workspace', () => {
  const pod = rendered(environment, 'sandbox/SandboxTemplate.sandbox.yaml', 'spec', 'podTemplate', 'spec')
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    runtimeClassName: 'gvisor',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        image: sandbox.image,
        securityContext: {
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'workspace', mountPath: '/workspace' },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
  })
})

test('the pool has the number of warm sandboxes, and the quota limits claims', () => {
  expect(rendered(environment, 'sandbox/SandboxWarmPool.sandbox.yaml', 'spec', 'replicas')).toBe(2)
  expect(rendered(environment, 'sandbox/ResourceQuota.sandbox.yaml', 'spec', 'hard')).toEqual({
    'count/sandboxclaims.extensions.agents.x-k8s.io': '7',
    'count/sandboxes.agents.x-k8s.io': '9',
  })
})

test('a sandbox opens no connection, and accepts connections only from pods that run agents', () => {
  const policy = (agent: EnvironmentInput['agent']) =>
    rendered(soundEnvironment({ sandbox, agent }), 'tenancy/NetworkPolicy.sandbox.yaml', 'spec')
  const from = (component: string) => [
    {
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'deep-agents', 'app.kubernetes.io/component': component },
      },
    },
  ]
  for (const [agent, component] of [
    [{ topology: 'together', all: { autoscaling: { kind: 'cpu' } } }, 'server'],
    [split, 'worker'],
  ] as const) {
    expect(policy(agent)).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'sandbox', 'app.kubernetes.io/component': 'sandbox' },
      },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [9090, 8080].map((port) => ({ from: from(component), ports: [{ protocol: 'TCP', port }] })),
    })
  }
})

test('only pods that run agents have a short-lived token and reach the API server', () => {
  const apart = soundEnvironment({ sandbox, agent: split })
  const text = (path: string) => JSON.stringify(rendered(apart, path, 'spec'))
  expect(text('agent/Deployment.deep-agents-worker.yaml')).toContain(
    '{"serviceAccountToken":{"expirationSeconds":3600,"path":"token"}}',
  )
  expect(text('agent/Deployment.deep-agents.yaml')).not.toContain('serviceAccountToken')
  expect(text('agent/Job.deep-agents-migrate.yaml')).not.toContain('serviceAccountToken')
  expect(text('tenancy/NetworkPolicy.deep-agents-worker.yaml')).toContain('192.0.2.32/32')
  expect(text('tenancy/NetworkPolicy.deep-agents.yaml')).not.toContain('192.0.2.32/32')
})

test('the server gets the settings of sandboxes', () => {
  expect(rendered(environment, 'agent/ConfigMap.deep-agents-settings.yaml', 'data')).toMatchObject({
    SANDBOX: 'agent-sandbox',
    SANDBOX_NAMESPACE: 'hadal-test',
    SANDBOX_COMMAND_SECONDS: '120',
    SANDBOX_IDLE_SECONDS: '900',
  })
})
