import type { k8s } from 'cdk8s-plus-28'
import { customKind } from './custom-kind.ts'

/**
 * What we write of the kinds of kubernetes-sigs/agent-sandbox. No registry serves their definitions, so this subset, written after the Go types
 * of release 0.5.6, is also what the schema check holds them against.
 */
export interface SandboxTemplateSpec {
  podTemplate: { metadata: { labels: Record<string, string> }; spec: k8s.PodSpec }
  /** The controller's own policy would open the internet; ours stands beside the others. */
  networkPolicyManagement: 'Unmanaged'
  envVarsInjectionPolicy: 'Disallowed'
  volumeClaimTemplatesPolicy: 'Disallowed'
}

export class SandboxTemplate extends customKind<SandboxTemplateSpec>({
  apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
  kind: 'SandboxTemplate',
}) {}

export interface SandboxWarmPoolSpec {
  replicas: number
  sandboxTemplateRef: { name: string }
  updateStrategy: { type: 'Recreate' }
}

export class SandboxWarmPool extends customKind<SandboxWarmPoolSpec>({
  apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
  kind: 'SandboxWarmPool',
}) {}
