import { defineEnvironment } from '@hadal/platform/define-environment'
import release from './release.json' with { type: 'json' }

/**
 * For trying agents on a cluster of one's own: small, self-contained, and nothing in it is worth keeping.
 *
 * Every environment's `repository.url`, and `image.repository` in its `release.json`, are examples for the team to replace by its own. A
 * digest of zeros stands for an image that was never released.
 */
export default defineEnvironment({
  name: 'dev',
  protected: false,
  namespace: 'hadal-dev',
  repository: { url: 'https://git.example.com/platform/hadal.git' },
  release,

  // A fresh cluster has neither operators nor Argo CD: this stack installs them.
  cluster: { operators: 'managed' },

  // Two processes that serve and work: what breaks with a second one (a stream that goes on elsewhere, two that want one run) breaks here first.
  agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 } } },
  quota: { requests: { cpu: '3', memory: '5Gi' }, limits: { cpu: '14', memory: '14Gi' }, pods: 10 },

  // One pod each, without TLS.
  postgres: { kind: 'standalone' },
  redis: { kind: 'standalone' },
  // No secret store to run: Pulumi writes the Secrets from its encrypted configuration.
  secrets: { kind: 'pulumi' },

  // Reached by `kubectl port-forward` alone.
  exposure: { kind: 'internal' },

  // An id as the profiles of @langchain/anthropic 1.5.11 list it.
  models: { providers: { anthropic: {} }, default: 'anthropic:claude-sonnet-5' },
})
