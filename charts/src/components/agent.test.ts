import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import type { k8s } from 'cdk8s-plus-28'
import { expect, test } from 'vitest'
import { rendered } from '../fixtures/rendered.ts'
import { renderEnvironment } from '../render-environment.ts'

const scaled = soundEnvironment({ agent: { topology: 'together', all: { autoscaling: { kind: 'cpu' } } } })
const fixed = soundEnvironment({ agent: { topology: 'together', all: { autoscaling: { kind: 'none' } } } })
const split: EnvironmentInput['agent'] = {
  topology: 'split',
  api: { autoscaling: { kind: 'none', replicas: 2 } },
  worker: { autoscaling: { kind: 'cpu', min: 3, max: 7 } },
}
const deployment = 'agent/Deployment.deep-agents.yaml'

test('a scaled Deployment has no replicas, another has them', () => {
  expect(rendered(scaled, deployment, 'spec')).not.toHaveProperty('replicas')
  expect(rendered(fixed, deployment, 'spec', 'replicas')).toBe(3)
})

test("the autoscaler has the guide's numbers by default", () => {
  expect(rendered(scaled, 'agent/HorizontalPodAutoscaler.deep-agents-hpa.yaml', 'spec')).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name: 'deep-agents' },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  })
})

test("the split topology keeps the guide's name for the API, and workers have their own name", () => {
  const environment = soundEnvironment({ agent: split })
  const env = (name: string) =>
    rendered(environment, `agent/Deployment.${name}.yaml`, 'spec', 'template', 'spec', 'containers', 0, 'env')
  expect(env('deep-agents')).toContainEqual({ name: 'ROLE', value: 'api' })
  expect(env('deep-agents-worker')).toContainEqual({ name: 'ROLE', value: 'worker' })
  expect(
    rendered(environment, 'agent/HorizontalPodAutoscaler.deep-agents-worker-hpa.yaml', 'spec', 'minReplicas'),
  ).toBe(3)
  // A Deployment's selector can never change: the server's is the same in either topology.
  expect(rendered(environment, deployment, 'spec', 'selector')).toEqual(rendered(fixed, deployment, 'spec', 'selector'))
})

test('a changed setting changes the checksum on the pods, and equal settings do not', () => {
  const checksum = (change: Partial<EnvironmentInput>) =>
    rendered(soundEnvironment(change), deployment, 'spec', 'template', 'metadata', 'annotations', 'checksum/settings')
  expect(checksum({})).toMatch(/^[0-9a-f]{64}$/)
  expect(checksum({ limits: { runSeconds: 901 } })).not.toBe(checksum({}))
  expect(checksum({ slo: { queueSeconds: 61 } })).toBe(checksum({}))
})

test("workers are scaled by the number of waiting runs, under the guide's name", () => {
  const agent: EnvironmentInput['agent'] = {
    topology: 'split',
    api: { autoscaling: { kind: 'cpu' } },
    worker: { autoscaling: { kind: 'queue', min: 2, max: 8, waitingRunsPerPod: 4 } },
    runsPerPod: 10,
  }
  const environment = soundEnvironment({ agent })
  expect(rendered(environment, 'agent/ScaledObject.deep-agents-worker.yaml', 'spec')).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name: 'deep-agents-worker' },
    minReplicaCount: 2,
    maxReplicaCount: 8,
    fallback: { replicas: 2, behavior: 'currentReplicasIfHigher' },
    advanced: {
      horizontalPodAutoscalerConfig: {
        name: 'deep-agents-worker-hpa',
        behavior: { scaleDown: { stabilizationWindowSeconds: 900 } },
      },
    },
    triggers: [
      {
        type: 'prometheus',
        metadata: {
          serverAddress: 'http://prometheus-operated.monitoring.svc:9090',
          query:
            '(max(runs_running{job="hadal-test/deep-agents"}) / 10 + max(run_queue_waiting{job="hadal-test/deep-agents"}) / 4) >= 0',
          threshold: '1',
        },
      },
    ],
  })
  expect(rendered(environment, 'agent/Deployment.deep-agents-worker.yaml', 'spec')).not.toHaveProperty('replicas')
})

test('secrets reach the server as files, never as variables', () => {
  const env = rendered(fixed, deployment, 'spec', 'template', 'spec', 'containers', 0, 'env')
  expect(env).toContainEqual({ name: 'DATABASE_URL_FILE', value: '/run/secrets/db-credentials/url' })
  expect(env).toContainEqual({ name: 'ANTHROPIC_API_KEY_FILE', value: '/run/secrets/llm-credentials/anthropic-key' })
  // The environment has no key of that provider.
  expect(JSON.stringify(env)).not.toContain('OPENAI_API_KEY_FILE')
  expect(JSON.stringify(renderEnvironment(fixed).map(({ object }) => object))).not.toContain('secretKeyRef')
})

test("liveness and readiness probes are the guide's and use different paths", () => {
  expect(rendered(fixed, deployment, 'spec', 'template', 'spec', 'containers', 0)).toMatchObject({
    livenessProbe: { httpGet: { path: '/health' }, initialDelaySeconds: 30, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: '/ready' }, initialDelaySeconds: 5, periodSeconds: 5 },
    startupProbe: { httpGet: { path: '/health' } },
  })
})

test("the grace period of a pod is the environment's, and longer than the drain", () => {
  const environment = soundEnvironment({ agent: { ...split, drainSeconds: 100, gracePeriodSeconds: 130 } })
  expect(rendered(environment, deployment, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')).toBe(130)
  expect(rendered(environment, 'agent/ConfigMap.deep-agents-settings.yaml', 'data', 'DRAIN_SECONDS')).toBe('100')
})

test('budgets reach the server in plain digits, and an absent budget is not written', () => {
  const budgets = { warnSessionTokens: 5_000, run: { usd: 0.000_002 }, tenantPerDay: { tokens: 20_000_000, usd: 100 } }
  const settings = rendered(soundEnvironment({ budgets }), 'agent/ConfigMap.deep-agents-settings.yaml', 'data')
  expect(Object.entries(settings ?? {}).filter(([name]) => name.startsWith('BUDGET_'))).toEqual([
    ['BUDGET_RUN_USD', '0.000002'],
    ['BUDGET_TENANT_DAY_TOKENS', '20000000'],
    ['BUDGET_TENANT_DAY_USD', '100'],
    ['BUDGET_WARN_SESSION_TOKENS', '5000'],
  ])
})

test('the migration is a Sync hook before the workloads, and each sync creates it again', () => {
  expect(rendered(fixed, 'agent/Job.deep-agents-migrate.yaml', 'metadata', 'annotations')).toEqual({
    'argocd.argoproj.io/hook': 'Sync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    'argocd.argoproj.io/sync-wave': '-1',
  })
})

test('the migration connects to the database itself, not to a pooler', () => {
  const job = rendered(fixed, 'agent/Job.deep-agents-migrate.yaml', 'spec', 'template', 'spec', 'containers', 0)
  expect(job).toMatchObject({
    command: ['hadal-runtime', 'migrate'],
    env: [
      { name: 'DATABASE_DIRECT_URL_FILE', value: '/run/secrets/db-credentials/direct-url' },
      { name: 'DATABASE_URL_FILE', value: '/run/secrets/db-credentials/direct-url' },
    ],
  })
})

const external: EnvironmentInput['postgres'] = {
  kind: 'external',
  host: 'db.example.com',
  addresses: ['192.0.2.0/28'],
  maxConnections: 2000,
}
test.each<[string, Partial<EnvironmentInput>]>([
  ['of an external database', { postgres: external, access: { kind: 'api-keys' } }],
  ['of a database in the cluster', { access: { kind: 'api-keys' } }],
])(
  'with sign-in, the migration %s connects as its owner, and knows the roles whose rights it grants',
  (_title, change) => {
    const job = rendered(soundEnvironment(change), 'agent/Job.deep-agents-migrate.yaml', 'spec', 'template', 'spec')
    expect(job).toMatchObject({
      containers: [
        {
          env: [
            { name: 'DATABASE_URL_FILE', value: '/run/secrets/db-credentials/url' },
            { name: 'DATABASE_LOOPS_URL_FILE', value: '/run/secrets/db-credentials/loops-url' },
            { name: 'DATABASE_OWNER_URL_FILE', value: '/run/secrets/db-credentials/owner-url' },
          ],
        },
      ],
    })
    expect(JSON.stringify(job)).not.toContain('direct-url')
  },
)

test('servers mount the address of the loops, and never that of the owner', () => {
  const split: EnvironmentInput['agent'] = {
    topology: 'split',
    api: { autoscaling: { kind: 'cpu' } },
    worker: { autoscaling: { kind: 'cpu' } },
  }
  const environment = soundEnvironment({ agent: split, access: { kind: 'api-keys' } })
  for (const name of ['deep-agents', 'deep-agents-worker']) {
    const pod = JSON.stringify(rendered(environment, `agent/Deployment.${name}.yaml`, 'spec', 'template', 'spec'))
    expect(pod).toContain('/run/secrets/db-credentials/loops-url')
    expect(pod).not.toContain('owner-url')
    expect(pod).not.toContain('db-application')
  }
})

test('the setting ACCESS is the field access without its destination, also without sign-in', () => {
  const setting = (access: EnvironmentInput['access']) =>
    rendered(soundEnvironment({ access }), 'agent/ConfigMap.deep-agents-settings.yaml', 'data', 'ACCESS')
  expect(JSON.parse(String(setting({ kind: 'api-keys', share: 'tenant' })))).toEqual({
    kind: 'api-keys',
    share: 'tenant',
    approvalByOthers: false,
    trustSeconds: 60,
  })
  const oidc = JSON.parse(
    String(
      setting({
        kind: 'oidc',
        issuer: 'https://10.1.2.3',
        audience: 'agents',
        destination: { kind: 'addresses', cidrs: ['10.1.2.3/32'], ports: [443] },
      }),
    ),
  )
  expect(oidc).toMatchObject({ kind: 'oidc', issuer: 'https://10.1.2.3', algorithms: ['RS256'] })
  expect(oidc).not.toHaveProperty('destination')
  expect(JSON.parse(String(setting({ kind: 'open' })))).toEqual({ kind: 'open' })
})

test('no Service has the port of the metrics', () => {
  const ports = renderEnvironment(fixed)
    .filter(({ kind }) => kind === 'Service')
    .map(({ object }) => JSON.stringify(object.spec))
  expect(ports.join()).toContain('8000')
  expect(ports.join()).not.toMatch(/9090|metrics/)
})

test('a single pod has no disruption budget, several pods have one', () => {
  const paths = (replicas: number, minAvailable: number) =>
    renderEnvironment(
      soundEnvironment({
        agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas }, minAvailable } },
      }),
    ).map(({ path }) => path)
  expect(paths(2, 1)).toContain('agent/PodDisruptionBudget.deep-agents.yaml')
  expect(paths(1, 0)).not.toContain('agent/PodDisruptionBudget.deep-agents.yaml')
})

test.each(['Deployment.deep-agents', 'Deployment.deep-agents-worker', 'Job.deep-agents-migrate'])(
  "the container of %s has the production guide's name, agent",
  (name) => {
    const environment = soundEnvironment({ agent: split })
    const pod = rendered(environment, `agent/${name}.yaml`, 'spec', 'template', 'spec') as k8s.PodSpec
    expect(pod.containers.map((container) => container.name)).toEqual(['agent'])
  },
)

test.each(['Deployment.deep-agents', 'Job.deep-agents-migrate'])(
  'every file that a variable of %s names is mounted',
  (name) => {
    const pod = rendered(fixed, `agent/${name}.yaml`, 'spec', 'template', 'spec') as k8s.PodSpec
    const container = pod.containers[0]
    const files = container?.env?.filter((entry) => entry.name.endsWith('_FILE')).map(({ value = '' }) => value)
    const mounted = container?.volumeMounts?.flatMap(({ name: volume, mountPath }) => {
      const { secret } = pod.volumes?.find((it) => it.name === volume) ?? {}
      return secret?.items?.map(({ path }) => `${mountPath}/${path}`) ?? []
    })
    expect(files?.length).toBeGreaterThan(0)
    expect(files?.filter((file) => !mounted?.includes(file))).toEqual([])
  },
)

test("the server gets the settings of every provider, and the files of the keys that they need, but no provider's destination", () => {
  const models: EnvironmentInput['models'] = {
    providers: {
      azure_openai: {
        baseUrl: 'https://acme.internal:8443',
        destination: { kind: 'addresses', cidrs: ['10.20.0.0/24'], ports: [8443] },
        apiVersion: '2025-04-01-preview',
      },
      'google-vertexai': { project: 'acme-agents', location: 'europe-west3', credentials: 'key' },
      bedrock: { region: 'eu-central-1' },
    },
    packages: { mistralai: { package: '@langchain/mistralai', class: 'ChatMistralAI' } },
    default: 'bedrock:eu.anthropic.claude-sonnet-5-v1:0',
  }
  const environment = soundEnvironment({ models })
  const settings = rendered(environment, 'agent/ConfigMap.deep-agents-settings.yaml', 'data') as Record<string, string>
  expect(JSON.parse(settings.MODEL_PROVIDERS ?? '')).toEqual({
    azure_openai: { baseUrl: 'https://acme.internal:8443', apiVersion: '2025-04-01-preview', deployments: {} },
    'google-vertexai': { project: 'acme-agents', location: 'europe-west3', credentials: 'key' },
    bedrock: { region: 'eu-central-1', credentials: 'workload-identity' },
  })
  expect(JSON.parse(settings.MODEL_PACKAGES ?? '')).toEqual({
    mistralai: { package: '@langchain/mistralai', class: 'ChatMistralAI', keyOption: 'apiKey', options: {} },
  })
  const env = rendered(environment, deployment, 'spec', 'template', 'spec', 'containers', 0, 'env') as k8s.EnvVar[]
  const keys = env.flatMap(({ name, value }) =>
    value?.startsWith('/run/secrets/llm-credentials/') ? [[name, value]] : [],
  )
  expect(keys).toEqual([
    ['AZURE_OPENAI_API_KEY_FILE', '/run/secrets/llm-credentials/azure-openai-key'],
    ['GOOGLE_VERTEXAI_API_KEY_FILE', '/run/secrets/llm-credentials/google-vertexai-key'],
    ['MODEL_PACKAGE_KEYS_FILE', '/run/secrets/llm-credentials/package-keys'],
  ])
})

test('KEDA may take over the autoscaler of a Deployment that was scaled by CPU', () => {
  const environment = soundEnvironment({ agent: { topology: 'together', all: { autoscaling: { kind: 'queue' } } } })
  const field = (...path: string[]) => rendered(environment, 'agent/ScaledObject.deep-agents.yaml', ...path)
  expect(field('metadata', 'annotations')).toMatchObject({ 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' })
  // KEDA's webhook requires the name of the existing autoscaler.
  const byCpu = soundEnvironment({ agent: { topology: 'together', all: { autoscaling: { kind: 'cpu' } } } })
  const name = rendered(byCpu, 'agent/HorizontalPodAutoscaler.deep-agents-hpa.yaml', 'metadata', 'name')
  expect(field('spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name')).toBe(name)
})
