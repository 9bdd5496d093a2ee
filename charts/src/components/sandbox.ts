import type { Environment } from '@hadal/platform/environment'
import { agentNames, sandboxNames, sandboxPorts, selectorLabels } from '@hadal/platform/names'
import type { Sandbox as SandboxSettings } from '@hadal/platform/schema/sandbox'
import { k8s } from 'cdk8s-plus-28'
import type { Construct } from 'constructs'
import { ComponentChart } from '../component-chart.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import {
  SandboxTemplate,
  SandboxTemplateSpecEnvVarsInjectionPolicy,
  SandboxTemplateSpecNetworkPolicyManagement,
  SandboxTemplateSpecVolumeClaimTemplatesPolicy,
  SandboxWarmPool,
  SandboxWarmPoolSpecUpdateStrategyType,
} from '../generated/extensions.agents.x-k8s.io.js'
import { podLabels } from '../pod-labels.ts'
import { imagePullSecrets } from '../pod-scheduling.ts'
import { containerSecurity, podSecurity } from '../pod-security.ts'
import { quantities, resourceRequirements } from '../resource-requirements.ts'
import { scratchVolume } from '../scratch-volume.ts'

type AgentSandbox = Extract<SandboxSettings, { kind: 'agent-sandbox' }>

/**
 * Sandboxes in which agents run commands: a template, a warm pool, and the right to claim sandboxes. Their network policy is in the chart
 * Tenancy.
 */
export class Sandbox extends ComponentChart {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id, { environment })
    const { namespace, sandbox } = environment
    if (sandbox.kind === 'none') return
    const { claims, pool, quota } = sandboxNames

    new k8s.KubeRole(this, 'role', {
      metadata: { name: claims },
      // No pods and no exec: commands go to the sandbox itself, so this right reaches no other pod.
      rules: [
        {
          apiGroups: ['extensions.agents.x-k8s.io'],
          resources: ['sandboxclaims'],
          verbs: ['create', 'delete', 'get', 'patch'],
        },
      ],
    })
    new k8s.KubeRoleBinding(this, 'role-binding', {
      metadata: { name: claims },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: claims },
      subjects: [{ kind: 'ServiceAccount', name: agentNames.serviceAccount, namespace }],
    })
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: quota },
      spec: {
        hard: quantities({
          'count/sandboxclaims.extensions.agents.x-k8s.io': String(sandbox.max),
          // Claimed sandboxes, and those of the pool.
          'count/sandboxes.agents.x-k8s.io': String(sandbox.max + sandbox.warm),
        }),
      },
    })
    new SandboxTemplate(this, 'template', {
      metadata: { name: pool, labels: selectorLabels('sandbox') },
      spec: {
        podTemplate: { metadata: { labels: podLabels(this, 'sandbox') }, spec: sandboxPod(environment, sandbox) },
        // The controller's own policy would open the internet; the environment's policy is in the chart Tenancy.
        networkPolicyManagement: SandboxTemplateSpecNetworkPolicyManagement.UNMANAGED,
        envVarsInjectionPolicy: SandboxTemplateSpecEnvVarsInjectionPolicy.DISALLOWED,
        volumeClaimTemplatesPolicy: SandboxTemplateSpecVolumeClaimTemplatesPolicy.DISALLOWED,
      },
    })
    new SandboxWarmPool(this, 'warm-pool', {
      metadata: { name: pool, labels: selectorLabels('sandbox') },
      spec: {
        replicas: sandbox.warm,
        sandboxTemplateRef: { name: pool },
        // A sandbox of the pool has no state to lose, so a new image replaces it at once.
        updateStrategy: { type: SandboxWarmPoolSpecUpdateStrategyType.RECREATE },
      },
    })
  }
}

function sandboxPod(environment: Environment, { image, resources, runtimeClass }: AgentSandbox): k8s.PodSpec {
  const workspace = scratchVolume('workspace', '/workspace', resources.limits.ephemeralStorage)
  const temporary = scratchVolume('tmp', '/tmp', '128Mi')
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    imagePullSecrets: imagePullSecrets(environment),
    runtimeClassName: runtimeClass,
    // Commands need no time to end.
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
          httpGet: { path: '/v1/health', port: k8s.IntOrString.fromString('files') },
          periodSeconds: 2,
          timeoutSeconds: 2,
          failureThreshold: 3,
        },
        // A sandbox whose commands use all of its CPU is slow, not dead.
        livenessProbe: {
          tcpSocket: { port: k8s.IntOrString.fromString('process') },
          periodSeconds: 20,
          timeoutSeconds: 10,
          failureThreshold: 6,
        },
        resources: resourceRequirements(resources),
        securityContext: containerSecurity,
        volumeMounts: [workspace.mount, temporary.mount],
      },
    ],
    volumes: [workspace.volume, temporary.volume],
  }
}
