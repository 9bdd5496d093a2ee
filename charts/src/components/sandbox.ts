import type { Environment } from '@hadal/platform/environment'
import { agentNames, commonLabels, labels, sandboxNames, sandboxPorts } from '@hadal/platform/names'
import type { Sandbox as SandboxSettings } from '@hadal/platform/schema/sandbox'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import type { PodSpec } from 'kubernetes-types/core/v1.d.ts'
import { addObject } from '../add-object.ts'
import { containerSecurity, podSecurity } from '../pod-security.ts'
import { resourceRequirements } from '../resource-requirements.ts'
import { scratchVolume } from '../scratch-volume.ts'

type AgentSandbox = Extract<SandboxSettings, { kind: 'agent-sandbox' }>

/** Where agents run commands: a template, a pool of ready ones, and the right to claim them. Its network policy stands with the others. */
export class Sandbox extends Chart {
  constructor(scope: Construct, id: string, environment: Environment) {
    const { namespace, sandbox } = environment
    super(scope, id, { namespace })
    if (sandbox.kind === 'none') return
    const name = sandboxNames.pool
    const metadata = { name, labels: labels(environment, 'sandbox') }

    addObject(this, 'accounts', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: sandboxNames.claims, labels: commonLabels(environment) },
      // No pods and no exec: commands go to the sandbox itself, so this right reaches no other pod.
      rules: [
        {
          apiGroups: ['extensions.agents.x-k8s.io'],
          resources: ['sandboxclaims'],
          verbs: ['create', 'delete', 'get', 'patch'],
        },
      ],
    })
    addObject(this, 'accounts', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: sandboxNames.claims, labels: commonLabels(environment) },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: sandboxNames.claims },
      subjects: [{ kind: 'ServiceAccount', name: agentNames.serviceAccount, namespace }],
    })
    addObject(this, 'accounts', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: sandboxNames.quota, labels: commonLabels(environment) },
      spec: {
        hard: {
          'count/sandboxclaims.extensions.agents.x-k8s.io': String(sandbox.max),
          // What is claimed, and what waits to be.
          'count/sandboxes.agents.x-k8s.io': String(sandbox.max + sandbox.warm),
        },
      },
    })
    addObject(this, 'data', {
      apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
      kind: 'SandboxTemplate',
      metadata,
      spec: {
        podTemplate: { metadata: { labels: labels(environment, 'sandbox') }, spec: sandboxPod(sandbox) },
        networkPolicyManagement: 'Unmanaged',
        envVarsInjectionPolicy: 'Disallowed',
        volumeClaimTemplatesPolicy: 'Disallowed',
      },
    })
    addObject(this, 'data', {
      apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
      kind: 'SandboxWarmPool',
      metadata,
      spec: {
        replicas: sandbox.warm,
        sandboxTemplateRef: { name },
        // A sandbox that nobody uses yet has nothing to lose: the new image holds at once.
        updateStrategy: { type: 'Recreate' },
      },
    })
  }
}

function sandboxPod({ image, resources, runtimeClass }: AgentSandbox): PodSpec {
  const workspace = scratchVolume('workspace', '/workspace', resources.limits.ephemeralStorage)
  const temporary = scratchVolume('tmp', '/tmp', '128Mi')
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(runtimeClass && { runtimeClassName: runtimeClass }),
    // Commands have nothing to bring to an end.
    terminationGracePeriodSeconds: 5,
    securityContext: podSecurity,
    containers: [
      {
        name: 'sandboxd',
        image,
        imagePullPolicy: 'Always',
        workingDir: '/workspace',
        env: [{ name: 'HOME', value: '/workspace' }],
        ports: [
          { name: 'files', containerPort: sandboxPorts.files },
          { name: 'process', containerPort: sandboxPorts.process },
        ],
        readinessProbe: {
          httpGet: { path: '/v1/health', port: 'files' },
          periodSeconds: 2,
          timeoutSeconds: 2,
          failureThreshold: 3,
        },
        // A sandbox whose commands take all of its processor is slow, not dead.
        livenessProbe: { tcpSocket: { port: 'process' }, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
        resources: resourceRequirements(resources),
        securityContext: containerSecurity,
        volumeMounts: [workspace.mount, temporary.mount],
      },
    ],
    volumes: [workspace.volume, temporary.volume],
  }
}
