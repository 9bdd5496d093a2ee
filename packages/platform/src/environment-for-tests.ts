import { defineEnvironment } from './define-environment.ts'
import type { Environment, EnvironmentInput } from './environment.ts'
import { EnvironmentProblems, problemSentence } from './problem.ts'
import { unreleasedDigest } from './release.ts'

/** An environment that nothing is wrong with, with room for one field to be changed at a time. */
export const soundInput = {
  name: 'test',
  protected: false,
  namespace: 'hadal-test',
  repository: { url: 'https://git.example.com/platform/hadal.git' },
  release: { image: { repository: 'registry.example.com/hadal/deep-agents', digest: unreleasedDigest } },
  cluster: { operators: 'present' },
  agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 } } },
  quota: { requests: { cpu: '200', memory: '400Gi' }, limits: { cpu: '800', memory: '800Gi' }, pods: 500 },
  postgres: { kind: 'cnpg', maxConnections: 2000 },
  redis: { kind: 'standalone' },
  secrets: { kind: 'pulumi' },
  exposure: { kind: 'internal', clientNamespaces: ['clients'] },
  models: { providers: { anthropic: {} }, default: 'anthropic:a-model' },
} as const satisfies EnvironmentInput

/** The same, protected. */
export const soundProtectedInput = {
  ...soundInput,
  protected: true,
  redis: { kind: 'external', mode: 'single', host: 'redis.example.com', addresses: ['192.0.2.0/28'] },
  backup: { kind: 's3', bucket: 'backups' },
} as const satisfies EnvironmentInput

/** The sound environment with some of its fields replaced. */
export const soundEnvironment = (change: Partial<EnvironmentInput> = {}): Environment =>
  defineEnvironment({ ...soundInput, ...change })

/** What `defineEnvironment` says of an input: a sentence for each problem, none if it takes it. */
export function sentencesAbout(input: object): string[] {
  try {
    // Tests give it what the compiler would refuse, as a file does that nobody compiled.
    defineEnvironment(input as EnvironmentInput)
    return []
  } catch (error) {
    if (error instanceof EnvironmentProblems) return error.problems.map(problemSentence)
    throw error
  }
}
