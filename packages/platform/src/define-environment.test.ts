import { describe, expect, it } from 'vitest'
import { defineEnvironment } from './define-environment.ts'
import { sentencesAbout, soundInput, soundProtectedInput } from './fixtures/example-environment.ts'
import { EnvironmentProblems } from './problem.ts'

describe('a valid environment', () => {
  it('gets every default filled in', () => {
    const environment = defineEnvironment(soundInput)
    expect(environment.agent.drainSeconds).toBe(840)
    expect(environment.limits.requestsPerMinute).toBe(60)
    expect(environment.postgres.pool).toEqual({
      size: 10,
      overflow: 20,
      timeoutSeconds: 30,
      recycleSeconds: 1800,
      prePing: true,
    })
  })

  it('is unchanged when it is defined again', () => {
    const environment = defineEnvironment(soundProtectedInput)
    expect(defineEnvironment(environment)).toEqual(environment)
  })
})

describe('an invalid field', () => {
  it.each([
    [
      'an unknown field: lists the known fields and suggests the nearest',
      { ...soundInput, agent: { ...soundInput.agent, all: { autoscaling: { kind: 'none', replcas: 2 } } } },
      'agent.all.autoscaling.replcas: Unknown field. Known fields: kind, replicas. Write "replicas" if that is meant, or remove it.',
    ],
    [
      'an unknown field of a kind: lists the fields of that kind',
      { ...soundInput, postgres: { kind: 'standalone', instances: 3, maxConnections: 1000 } },
      'postgres.instances: Unknown field. Known fields: kind, pool, storage, resources, maxConnections, scheduling. Remove it.',
    ],
    [
      'an unknown field of an object with defaults: lists the known fields',
      { ...soundInput, cache: { ttl: 60 } },
      'cache.ttl: Unknown field. Known fields: enabled, ttlSeconds. Remove it.',
    ],
    [
      'a field in the wrong place: names the right one',
      { ...soundInput, agent: { ...soundInput.agent, nodeSelector: { pool: 'agents' } } },
      'agent.nodeSelector: Unknown field. Known fields: topology, all, scheduling, serviceAccountAnnotations, runsPerPod, drainSeconds, gracePeriodSeconds, logLevel. Write it in agent.scheduling.',
    ],
    [
      'a text instead of an object of several kinds: lists the kinds',
      { ...soundInput, egress: { crm: 'http://crm.crm.svc:8080' } },
      'egress.crm = "http://crm.crm.svc:8080": Must be an object with kind: one of "pods", "addresses". Change it.',
    ],
    [
      'an invalid unit: lists the valid units',
      { ...soundInput, postgres: { ...soundInput.postgres, storage: { size: '20GB' } } },
      'postgres.storage.size = "20GB": Must be a whole number with Ki, Mi, Gi or Ti, e.g. "512Mi". Change it.',
    ],
    [
      'a tag instead of a digest',
      { ...soundInput, release: { image: { ...soundInput.release.image, digest: 'latest' } } },
      'release.image.digest = "latest": Must be "sha256:" and 64 hexadecimal digits, not a tag such as "latest". Change it.',
    ],
    [
      'a repository with a tag',
      {
        ...soundInput,
        release: { image: { ...soundInput.release.image, repository: 'registry.example.com/a:latest' } },
      },
      'release.image.repository = "registry.example.com/a:latest": Must be a registry and path without a tag, e.g. "registry.example.com/team/deep-agents". Change it.',
    ],
    [
      'an unknown kind: lists the known kinds',
      { ...soundInput, redis: { kind: 'sentinel' } },
      'redis.kind = "sentinel": Must be one of "cluster", "standalone", "external". Change it.',
    ],
    [
      'a missing kind: lists the known kinds',
      { ...soundInput, redis: {} },
      'redis.kind: Missing. Must be one of "cluster", "standalone", "external". Add it.',
    ],
    [
      'an unknown choice: lists the known choices',
      { ...soundInput, cluster: { operators: 'mine' } },
      'cluster.operators = "mine": Must be one of "managed", "present". Change it.',
    ],
    [
      'a missing object: lists its fields',
      { ...soundInput, quota: undefined },
      'quota: Missing. Must be an object. Add it with requests, limits, pods.',
    ],
    [
      'a number above its maximum: gives the maximum',
      { ...soundInput, postgres: { ...soundInput.postgres, instances: 10 } },
      'postgres.instances = 10: Must be at most 9. Change it.',
    ],
    [
      'a fraction instead of a whole number',
      { ...soundInput, quota: { ...soundInput.quota, pods: 500.5 } },
      'quota.pods = 500.5: Must be a whole number. Change it.',
    ],
    [
      'a text instead of a number',
      { ...soundInput, quota: { ...soundInput.quota, pods: '500' } },
      'quota.pods = "500": Must be a number. Change it.',
    ],
    [
      'an invalid entry of a list: gives its index',
      { ...soundInput, exposure: { kind: 'internal', clientNamespaces: ['fine', 'Not Fine'] } },
      'exposure.clientNamespaces[1] = "Not Fine": Must be lower-case letters, digits and "-", starting with a letter, e.g. "prod". Change it.',
    ],
    [
      'an empty list that must not be empty',
      { ...soundInput, slo: { burnRates: [] } },
      'slo.burnRates = []: Must have at least 1 entry. Change it.',
    ],
    [
      'a budget without an amount',
      { ...soundInput, budgets: { run: {} } },
      'budgets.run = {}: Must be an object with tokens, usd, or both. Change it.',
    ],
    [
      'an amount of 0 US dollars',
      { ...soundInput, budgets: { run: { usd: 0 } } },
      'budgets.run.usd = 0: Must be a number above 0. Change it.',
    ],
    [
      'a URL without its scheme',
      { ...soundInput, access: { kind: 'oidc', issuer: 'id.example.com', audience: 'agents' } },
      'access.issuer = "id.example.com": Must be an address that begins with https://, or an http address of this machine. Change it.',
    ],
  ])('%s', (_title, input, sentence) => {
    expect(sentencesAbout(input)).toEqual([sentence])
  })

  it('does not show the value of an unknown field', () => {
    expect(sentencesAbout({ ...soundInput, anthropicKey: 'sk-secret' }).join()).not.toContain('sk-secret')
  })

  it('rejects input that is not an object', () => {
    for (const input of [null, undefined, 5, 'dev', []])
      expect(() => defineEnvironment(input as never)).toThrow(EnvironmentProblems)
  })
})

describe('several problems', () => {
  it('are all reported at once, of single fields and of invariants', () => {
    const sentences = sentencesAbout({
      ...soundInput,
      surprise: true,
      redis: { kind: 'sentinel' },
      namespace: 'kube-system',
      agent: {
        topology: 'together',
        all: { autoscaling: { kind: 'none', replicas: 1 } },
        drainSeconds: 900,
      },
    })
    expect(sentences.map((sentence) => sentence.split(/[ :]/)[0])).toEqual([
      'redis.kind',
      'surprise',
      'namespace',
      'agent.all.minAvailable',
      'agent.gracePeriodSeconds',
    ])
  })

  it('form one message with a line per problem, under the name of the environment', () => {
    expect(() =>
      defineEnvironment({ ...soundInput, namespace: 'default', models: { ...soundInput.models, default: 'openai:a' } }),
    ).toThrow(/^The environment test is invalid:\n- namespace = "default": .*\n- models.default = "openai:a": .*$/)
  })
})
