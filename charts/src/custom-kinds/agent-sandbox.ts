import type { PodSpec } from 'kubernetes-types/core/v1.d.ts'

/**
 * What we write of the kinds of kubernetes-sigs/agent-sandbox. No registry serves their definitions, so this subset, written after the Go types
 * of release 0.5.6, is also what the schema check holds them against.
 */
export interface SandboxTemplate {
  apiVersion: 'extensions.agents.x-k8s.io/v1beta1'
  kind: 'SandboxTemplate'
  spec: {
    podTemplate: { metadata: { labels: Record<string, string> }; spec: PodSpec }
    /** The controller's own policy would open the internet; ours stands beside the others. */
    networkPolicyManagement: 'Unmanaged'
    envVarsInjectionPolicy: 'Disallowed'
    volumeClaimTemplatesPolicy: 'Disallowed'
  }
}

export interface SandboxWarmPool {
  apiVersion: 'extensions.agents.x-k8s.io/v1beta1'
  kind: 'SandboxWarmPool'
  spec: {
    replicas: number
    sandboxTemplateRef: { name: string }
    updateStrategy: { type: 'Recreate' }
  }
}
