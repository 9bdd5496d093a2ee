import { defineEnvironment } from '@hadal/platform/define-environment'
import release from './release.json' with { type: 'json' }

/**
 * Development environment for trying agents on your own cluster. It is small and self-contained, and its data may be lost.
 *
 * In every environment, `repository.url` and the image in `release.json` are examples. `hadal release pin <image> --environment dev staging prod`
 * replaces the image in all of them. A digest of all zeros means that no image was released yet.
 */
export default defineEnvironment({
  name: 'dev',
  protected: false,
  // Allows connections without TLS.
  development: true,
  namespace: 'hadal-dev',
  repository: { url: 'https://git.example.com/platform/hadal.git' },
  release,

  // This environment's Pulumi stack installs the operators and Argo CD, because a new cluster has neither.
  cluster: { operators: 'managed' },

  // Two processes that serve the API and run agents, so that problems of a second process appear here first.
  agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 } } },
  quota: { requests: { cpu: '3', memory: '5Gi' }, limits: { cpu: '14', memory: '14Gi' }, pods: 10 },

  // PostgreSQL and Redis are one pod each, without TLS.
  postgres: { kind: 'standalone' },
  redis: { kind: 'standalone' },
  // Pulumi creates the Secrets from its encrypted configuration, so no secret store is needed.
  secrets: { kind: 'pulumi' },

  // The API is reachable only by `kubectl port-forward`.
  exposure: { kind: 'internal' },

  // The model id is from the profiles of @langchain/anthropic 1.5.11.
  models: { providers: { anthropic: {} }, default: 'anthropic:claude-sonnet-5' },
})
